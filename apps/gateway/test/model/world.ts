import { randomUUID } from 'node:crypto';
import type { Ack, Envelope, RoomSnapshot, SpectatorSnapshot, WireError } from '@clawtank/contracts';
import { fieldAt, type Person, type TestGateway } from '../test-gateway.js';
import { Node } from './nodes.js';
import { Reader } from './reader.js';

export const NODES = 2;

/** One line that a member says; with a key it is said under the same id each time. */
export interface Line {
  readonly member: number;
  readonly key: number | null;
}

/** A command that was acknowledged, with what its sender was told. */
export interface Acked {
  readonly name: string;
  readonly actorId: string;
  readonly commandId: string;
  readonly data: unknown;
}

interface Asked {
  readonly member: number;
  readonly name: string;
  readonly input: object;
  readonly commandId: string;
}

export interface Stage {
  /** Never killed: makes rooms and looks at the end. */
  readonly steady: TestGateway;
  readonly env: Readonly<Record<string, string>>;
  readonly people: readonly Person[];
  readonly nodes: (Node | null)[];
}

/** One room with its readers, and what its members were told. */
export class World {
  readonly acked: Acked[] = [];
  readonly messages: string[] = [];
  readonly tasks: { readonly id: string; fence: number }[] = [];
  /** What was read again from some number on, beside what came live. */
  readonly reread: { readonly person: Person | null; readonly envelopes: readonly Envelope[] }[] = [];
  private readonly ids = new Map<string, string>();
  private count = 0;

  constructor(
    readonly stage: Stage,
    readonly roomId: string,
    readonly readers: readonly Reader[],
  ) {}

  /** The room was made by what stands up to here. */
  get begins(): number {
    return Math.min(...this.readers.map(({ first }) => first.cursor));
  }

  /** The room as somebody would be shown it on joining now. */
  async look(person: Person | null): Promise<RoomSnapshot | SpectatorSnapshot> {
    const reader = new Reader(this.roomId, person);
    await reader.connect(this.stage.steady.url);
    reader.cut();
    return reader.first;
  }

  /** Lets everybody come back and read to the end of what is there. */
  async gather(): Promise<void> {
    const { cursor } = await this.look(this.person(0));
    for (const reader of this.readers) {
      reader.cut();
      await reader.connect(this.stage.steady.url);
      await reader.reached(cursor);
    }
  }

  person(member: number): Person {
    const person = this.stage.people[member];
    if (!person) throw new Error(`nobody is ${member}`);
    return person;
  }

  url(node: number): string {
    return this.alive(node).gateway.url;
  }

  /** Sends over the member's own socket; throws when it is refused. */
  async tell(asked: Asked): Promise<unknown> {
    const ack = await this.send(asked);
    if (!ack.ok) throw new Error(`${asked.name}: ${JSON.stringify(ack.error)}`);
    return this.note(asked, ack.data);
  }

  async refusal(asked: Asked): Promise<WireError> {
    const ack = await this.send(asked);
    if (ack.ok) throw new Error(`${asked.name} was not refused`);
    return ack.error;
  }

  ask(member: number, name: string, input: object, commandId = randomUUID() as string): Asked {
    return { member, name, input, commandId };
  }

  /** The same line of a member has the same words each time. */
  line({ member, key }: Line): Asked {
    const text = key === null ? `line ${(this.count += 1)}` : `the same line ${key}`;
    return this.ask(
      member,
      'chat.send',
      { room_id: this.roomId, text },
      this.idOf(member, `say ${key}`, key),
    );
  }

  newTask({ member, key }: Line): Asked {
    const title = key === null ? `Task ${(this.count += 1)}` : `The same task ${key}`;
    return this.ask(
      member,
      'task.create',
      { room_id: this.roomId, title },
      this.idOf(member, `task ${key}`, key),
    );
  }

  /** Ends a node while these commands are on their way, which then are sent again, under their ids, at another. */
  async kill(node: number, commands: readonly Asked[], turns: number): Promise<readonly unknown[]> {
    const { steady, nodes } = this.stage;
    const victim = this.alive(node);
    const sent = commands.map((asked) => ({ asked, answer: this.orNothing(asked) }));
    for (let turn = 0; turn < turns; turn += 1) await new Promise((next) => setImmediate(next));
    nodes[node] = null;
    await victim.kill(steady.database);
    return Promise.all(
      sent.map(async ({ asked, answer }) => {
        const told = await answer;
        const { member, name, input, commandId } = asked;
        if (told) this.note(asked, told.data);
        const again = await steady.run(this.person(member), name, { ...input, command_id: commandId });
        return this.note(asked, again);
      }),
    );
  }

  async boot(node: number): Promise<void> {
    const { env, nodes } = this.stage;
    nodes[node] = await Node.boot({ ...env, GIT_ROOT: `${env['GIT_ROOT'] ?? ''}/${node}` }, `model-${node}`);
  }

  /** Everything in the room's log, as somebody is shown it, read from a number on over a connection of its own. */
  async readAgain(node: number, person: Person | null, after: number): Promise<void> {
    const reader = new Reader(this.roomId, person);
    await reader.readFrom(this.url(node), after);
    this.reread.push({ person, envelopes: reader.envelopes });
    if (reader.problem) throw new Error(`read again: ${reader.problem}`);
  }

  private alive(node: number): Node {
    const found = this.stage.nodes[node];
    if (!found) throw new Error(`node ${node} is not there`);
    return found;
  }

  private send({ member, name, input, commandId }: Asked): Promise<Ack> {
    const reader = this.readers[member];
    if (!reader) throw new Error(`reader ${member} is missing`);
    return reader.socket.request(name, { ...input, command_id: commandId });
  }

  /** The answer, or nothing when the connection went first. */
  private async orNothing(asked: Asked): Promise<{ readonly data: unknown } | null> {
    const gone = this.readers[asked.member]?.socket.next('disconnect');
    const ack = await Promise.race([this.send(asked), gone?.then(() => null)]);
    if (!ack?.ok) return null;
    return { data: ack.data };
  }

  private note({ member, name, commandId }: Asked, data: unknown): unknown {
    this.acked.push({ name, actorId: this.person(member).caller.id, commandId, data });
    return data;
  }

  private idOf(member: number, what: string, key: number | null): string {
    if (key === null) return randomUUID();
    const name = `${member} ${what}`;
    const id = this.ids.get(name) ?? randomUUID();
    this.ids.set(name, id);
    return id;
  }
}

export const idIn = (data: unknown, path: string): string => String(fieldAt(data, path));
