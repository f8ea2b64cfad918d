import type { Cli } from '../../cli.js';
import { CliError } from '../../usage-error.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id behind a user name, a slug or a handle; an id is taken as it is. */
export async function idOf(cli: Cli, kind: 'user' | 'room' | 'agent', named: string): Promise<string> {
  if (ID.test(named)) return named;
  const q = named.replace(/^@/, '').toLowerCase();
  const id = await LOOK_UP[kind](cli, q);
  if (id === undefined) throw new CliError(`${kind}.not_found`, `there is no ${kind} ${named}`);
  return id;
}

type LookUp = (cli: Cli, q: string) => Promise<string | undefined>;

const LOOK_UP: Readonly<Record<'user' | 'room' | 'agent', LookUp>> = {
  user: async (cli, q) =>
    (await cli.rest.query('admin.users', { q }, cli)).items.find(
      ({ username, email }) => username === q || email?.toLowerCase() === q,
    )?.id,
  room: async (cli, q) =>
    (await cli.rest.query('admin.rooms', { q }, cli)).items.find(({ slug }) => slug === q)?.id,
  agent: async (cli, q) =>
    (await cli.rest.query('admin.agents', { q }, cli)).items.find(({ handle }) => handle === q)?.id,
};
