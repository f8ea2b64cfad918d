import type { Actor } from '@clawtank/contracts';
import type { Forge } from './forge.js';

/** Speaks for whatever was done at the host by people who are nobody here. */
export const hostActor = ({ name }: Pick<Forge, 'name'>, login = ''): Actor => ({
  kind: 'webhook',
  id: login === '' ? name.toLowerCase() : `${name.toLowerCase()}:${login}`,
  name: login === '' ? name : login,
});
