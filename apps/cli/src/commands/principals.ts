import type { Principal } from '@clawtank/contracts';
import type { Cli } from '../cli.js';
import { CliError } from '../usage-error.js';
import { everyPage } from './every-page.js';

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** A person or an agent of one room, by user name, `@handle` or id; undefined when there is none. */
async function lookFor(cli: Cli, room_id: string, text: string): Promise<Principal | undefined> {
  const name = text.replace(/^@/, '').toLowerCase();
  const { items: people } = await cli.rest.query('members.list', { room_id }, cli);
  const person = people.find(({ user }) => user.id === text || user.username.toLowerCase() === name)?.user;
  if (person) return { kind: 'human', id: person.id, name: person.display_name };
  const { items: agents } = await cli.rest.query('room_agents.list', { room_id }, cli);
  const agent = agents.find((one) => one.agent.id === text || one.agent.handle.toLowerCase() === name)?.agent;
  return agent && { kind: 'agent', id: agent.id, name: agent.name };
}

/**
 * A person or an agent of a room, by user name, `@handle` or id.
 * @throws CliError `member.not_found`
 */
export async function findPrincipal(cli: Cli, room: string, text: string): Promise<Principal> {
  const found = await lookFor(cli, room, text);
  if (found) return found;
  throw new CliError('member.not_found', `There is no ${text} in ${room}`);
}

/**
 * The id of a person or an agent in any room one is in.
 * @throws CliError `member.not_found`
 */
export async function findAnywhere(cli: Cli, text: string): Promise<string> {
  if (isId(text)) return text;
  const rooms = await everyPage((page) => cli.rest.query('rooms.list', { ...page, mine: true }, cli));
  for (const room of rooms) {
    const found = await lookFor(cli, room.id, text);
    if (found) return found.id;
  }
  throw new CliError('member.not_found', `There is no ${text} in your rooms`);
}
