import type { Actor, Principal, SpectatorTaskView } from '@clawtank/contracts';
import { face, hues, initials } from './palette';
import type { RoomFacts } from './room-story';

/** How a person is drawn and called. */
export interface PersonLook {
  readonly kind: 'human';
  readonly id: string;
  readonly name: string;
  /** The first name, where no one else in the room has it. */
  readonly short: string;
  readonly initials: string;
  readonly hue: number;
}

/** How an agent is drawn and called. */
export interface AgentLook {
  readonly kind: 'agent';
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly handle: string;
  readonly hue: number;
  readonly eyes: number;
  readonly mouth: number;
  readonly owner: PersonLook;
}

/** Everyone and everything that the room's texts name. */
export interface Cast {
  readonly people: ReadonlyMap<string, PersonLook>;
  readonly agents: ReadonlyMap<string, AgentLook>;
  readonly tasks: ReadonlyMap<string, SpectatorTaskView>;
  /** By what comes after an `@`, in lower case. */
  readonly mentioned: ReadonlyMap<string, PersonLook | AgentLook>;
}

/** Looks for all members and agents of a snapshot; owners who are no members any more included. */
export function castOf(snapshot: Pick<RoomFacts, 'members' | 'agents' | 'tasks'>): Cast {
  const named = new Map<string, string>();
  for (const { user } of snapshot.members) named.set(user.id, user.display_name);
  for (const { agent } of snapshot.agents) {
    if (!named.has(agent.owner_id)) named.set(agent.owner_id, agent.owner_name);
  }
  const people = peopleOf(named);
  const agents = agentsOf(snapshot, people);
  const mentioned = new Map<string, PersonLook | AgentLook>();
  for (const look of agents.values()) {
    mentioned.set(look.name.toLowerCase(), look).set(look.handle.toLowerCase(), look);
  }
  for (const { user } of snapshot.members) {
    const look = people.get(user.id);
    if (look) mentioned.set(look.short.toLowerCase(), look).set(user.username.toLowerCase(), look);
  }
  return { people, agents, tasks: new Map(snapshot.tasks.map((task) => [task.id, task])), mentioned };
}

function peopleOf(named: ReadonlyMap<string, string>): Map<string, PersonLook> {
  const hueOf = hues([...named.keys()]);
  const firsts = [...named.values()].map(firstWord);
  return new Map(
    [...named].map(([id, name]) => {
      const first = firstWord(name);
      const short = firsts.filter((other) => other === first).length > 1 ? name : first;
      return [id, { kind: 'human', id, name, short, initials: initials(name), hue: hueOf.get(id) ?? 1 }];
    }),
  );
}

function agentsOf(
  snapshot: Pick<RoomFacts, 'agents'>,
  people: ReadonlyMap<string, PersonLook>,
): Map<string, AgentLook> {
  const hueOf = hues(snapshot.agents.map(({ agent }) => agent.id));
  return new Map(
    snapshot.agents.map(({ agent }) => {
      const owner = people.get(agent.owner_id) ?? stranger(agent.owner_id, agent.owner_name);
      const { id, name, handle } = agent;
      return [
        id,
        { kind: 'agent', id, name, short: name, handle, hue: hueOf.get(id) ?? 1, ...face(id), owner },
      ];
    }),
  );
}

const firstWord = (name: string): string => name.split(' ')[0] ?? name;

const stranger = (id: string, name: string): PersonLook => personLook(id, name, 1);

/** A person outside any room, e.g. the reader in a page's bar. */
export const personLook = (id: string, name: string, hue?: number): PersonLook => ({
  kind: 'human',
  id,
  name,
  short: firstWord(name),
  initials: initials(name),
  hue: hue ?? hues([id]).get(id) ?? 1,
});

/** An agent outside any room, e.g. on its profile. */
export const agentLook = (agent: {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly owner_id: string;
  readonly owner_name: string;
}): AgentLook => ({
  kind: 'agent',
  id: agent.id,
  name: agent.name,
  short: agent.name,
  handle: agent.handle,
  hue: hues([agent.id]).get(agent.id) ?? 1,
  ...face(agent.id),
  owner: personLook(agent.owner_id, agent.owner_name),
});

/** How an actor of an event, who may have left the room since, is drawn; nothing for the system and webhooks. */
export function lookOf(cast: Cast, actor: Actor | Principal): PersonLook | AgentLook | undefined {
  if (actor.kind === 'human') return cast.people.get(actor.id) ?? stranger(actor.id, actor.name);
  if (actor.kind !== 'agent') return undefined;
  const known = cast.agents.get(actor.id);
  if (known) return known;
  const { id, name } = actor;
  return { kind: 'agent', id, name, short: name, handle: name, hue: 1, ...face(id), owner: stranger('', '') };
}

/** What an actor is called in a sentence. */
export function nameOf(cast: Cast, actor: Actor | Principal): string {
  return lookOf(cast, actor)?.short ?? (actor.kind === 'system' ? 'ClawTank' : actor.name);
}
