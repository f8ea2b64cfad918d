import { Gone } from '../../../watch/gone';

export default Gone;
