export { selfSigned } from './testing/self-signed.js';
