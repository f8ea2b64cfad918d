import fc from 'fast-check';
import { idIn, type Line, NODES, type World } from './world.js';

/** What should be so: who is connected where, what there is and who holds it. */
export interface Model {
  readonly at: (number | null)[];
  readonly alive: boolean[];
  /** Author of each message; null once it is deleted. */
  readonly messages: (number | null)[];
  /** Holder of each task. */
  readonly tasks: (number | null)[];
  /** What was first answered under `member key`, as the index of a message or task. */
  readonly firsts: Map<string, number>;
}

type Command = fc.AsyncCommand<Model, World>;

const MEMBERS = 2;
export const READERS = 4;

/** The one picked of those that fit, or undefined. */
function pick<T>(items: readonly T[], fits: (item: T) => boolean, which: number): number | undefined {
  const indices = items.flatMap((item, index) => (fits(item) ? [index] : []));
  return indices[which % indices.length];
}

const isAt = (model: Model, member: number): boolean => model.at[member] !== null;

/** Compares an answer with the first one under its key, or keeps it as that. */
function remember(made: string[], model: Model, first: string | null, id: string): boolean {
  const known = first === null ? undefined : model.firsts.get(first);
  if (known !== undefined) {
    if (made[known] !== id) throw new Error(`${first}: first ${made[known]}, then ${id}`);
    return false;
  }
  made.push(id);
  if (first !== null) model.firsts.set(first, made.length - 1);
  return true;
}

function said(model: Model, world: World, lines: readonly Line[], answers: readonly unknown[]): void {
  lines.forEach(({ member, key }, index) => {
    const id = idIn(answers[index], 'message_id');
    const first = key === null ? null : `say ${member} ${key}`;
    if (remember(world.messages, model, first, id)) model.messages.push(member);
  });
}

class Say implements Command {
  constructor(private readonly lines: readonly Line[]) {}
  check = (model: Readonly<Model>): boolean => this.lines.every(({ member }) => isAt(model, member));
  async run(model: Model, world: World): Promise<void> {
    const answers = await Promise.all(this.lines.map((line) => world.tell(world.line(line))));
    said(model, world, this.lines, answers);
  }
  toString = (): string => `say(${this.lines.map(({ member, key }) => `${member}/${key}`).join(' ')})`;
}

class Change implements Command {
  constructor(
    private readonly how: 'chat.edit' | 'chat.delete',
    private readonly member: number,
    private readonly which: number,
  ) {}
  check = (model: Readonly<Model>): boolean => isAt(model, this.member) && this.target(model) !== undefined;
  async run(model: Model, world: World): Promise<void> {
    const target = this.target(model) ?? 0;
    const input = { room_id: world.roomId, message_id: world.messages[target] };
    const words = this.how === 'chat.edit' ? { text: 'in other words' } : {};
    await world.tell(world.ask(this.member, this.how, { ...input, ...words }));
    if (this.how === 'chat.delete') model.messages[target] = null;
  }
  toString = (): string => `${this.how}(${this.member} ${this.which})`;
  private readonly target = (model: Model) =>
    pick(model.messages, (author) => author === this.member, this.which);
}

class NewTask implements Command {
  constructor(private readonly line: Line) {}
  check = (model: Readonly<Model>): boolean => isAt(model, this.line.member);
  async run(model: Model, world: World): Promise<void> {
    const { member, key } = this.line;
    const id = idIn(await world.tell(world.newTask(this.line)), 'task.id');
    const made = world.tasks.map((task) => task.id);
    if (!remember(made, model, key === null ? null : `task ${member} ${key}`, id)) return;
    world.tasks.push({ id, fence: 0 });
    model.tasks.push(null);
  }
  toString = (): string => `task(${this.line.member}/${this.line.key})`;
}

class Claim implements Command {
  constructor(
    private readonly member: number,
    private readonly which: number,
  ) {}
  check = (model: Readonly<Model>): boolean => isAt(model, this.member) && this.target(model) !== undefined;
  async run(model: Model, world: World): Promise<void> {
    const target = this.target(model) ?? 0;
    const task = world.tasks[target];
    if (!task) throw new Error('there is no such task');
    const asked = world.ask(this.member, 'task.claim', { task_id: task.id });
    if (model.tasks[target] !== null) {
      const { reason } = await world.refusal(asked);
      if (reason !== 'task.taken') throw new Error(`a held task: ${reason}`);
      return;
    }
    const fence = Number(idIn(await world.tell(asked), 'fence'));
    if (fence !== task.fence + 1) throw new Error(`fence ${fence} after ${task.fence}`);
    task.fence = fence;
    model.tasks[target] = this.member;
  }
  toString = (): string => `claim(${this.member} ${this.which})`;
  private readonly target = (model: Model) =>
    pick(model.tasks, (holder) => holder !== this.member, this.which);
}

class Release implements Command {
  constructor(
    private readonly member: number,
    private readonly which: number,
  ) {}
  check = (model: Readonly<Model>): boolean => isAt(model, this.member) && this.target(model) !== undefined;
  async run(model: Model, world: World): Promise<void> {
    const target = this.target(model) ?? 0;
    const { id, fence } = world.tasks[target] ?? {};
    await world.tell(world.ask(this.member, 'task.release', { task_id: id, fence }));
    model.tasks[target] = null;
  }
  toString = (): string => `release(${this.member} ${this.which})`;
  private readonly target = (model: Model) =>
    pick(model.tasks, (holder) => holder === this.member, this.which);
}

class Cut implements Command {
  constructor(private readonly reader: number) {}
  check = (model: Readonly<Model>): boolean => isAt(model, this.reader);
  async run(model: Model, world: World): Promise<void> {
    world.readers[this.reader]?.cut();
    model.at[this.reader] = null;
  }
  toString = (): string => `cut(${this.reader})`;
}

class Connect implements Command {
  constructor(
    private readonly reader: number,
    private readonly node: number,
  ) {}
  check = (model: Readonly<Model>): boolean => !isAt(model, this.reader) && model.alive[this.node] === true;
  async run(model: Model, world: World): Promise<void> {
    await world.readers[this.reader]?.connect(world.url(this.node));
    model.at[this.reader] = this.node;
  }
  toString = (): string => `connect(${this.reader} at ${this.node})`;
}

class Kill implements Command {
  constructor(
    private readonly node: number,
    private readonly lines: readonly Line[],
    private readonly turns: number,
  ) {}
  check = (model: Readonly<Model>): boolean => model.alive[this.node] === true;
  async run(model: Model, world: World): Promise<void> {
    const lines = this.lines.filter(({ member }) => model.at[member] === this.node);
    const asked = lines.map((line) => world.line(line));
    const answers = await world.kill(this.node, asked, this.turns);
    model.alive[this.node] = false;
    model.at.forEach((node, reader) => {
      if (node !== this.node) return;
      world.readers[reader]?.cut();
      model.at[reader] = null;
    });
    said(model, world, lines, answers);
  }
  toString = (): string => `kill(${this.node} after ${this.turns}, saying ${this.lines.length})`;
}

class Boot implements Command {
  constructor(private readonly node: number) {}
  check = (model: Readonly<Model>): boolean => model.alive[this.node] === false;
  async run(model: Model, world: World): Promise<void> {
    await world.boot(this.node);
    model.alive[this.node] = true;
  }
  toString = (): string => `boot(${this.node})`;
}

class ReadAgain implements Command {
  constructor(
    private readonly node: number,
    private readonly member: number | null,
    private readonly part: number,
  ) {}
  check = (model: Readonly<Model>): boolean => model.alive[this.node] === true;
  async run(_model: Model, world: World): Promise<void> {
    const [first] = world.readers;
    const after = Math.floor((first?.first.cursor ?? 0) * this.part);
    await world.readAgain(this.node, this.member === null ? null : world.person(this.member), after);
  }
  toString = (): string => `again(${this.member} at ${this.node} from ${this.part.toFixed(2)})`;
}

const member = fc.nat(MEMBERS - 1);
const node = fc.nat(NODES - 1);
const reader = fc.nat(READERS - 1);
const which = fc.nat(9);
const line: fc.Arbitrary<Line> = fc.record({ member, key: fc.option(fc.nat(2), { freq: 3 }) });
const lines = fc.array(line, { minLength: 1, maxLength: 5 });
const say = lines.map((given) => new Say(given));

/** What may come next; the likelier ones stand more than once. */
export const STEPS: fc.Arbitrary<Command>[] = [
  say,
  say,
  say,
  fc
    .tuple(fc.constantFrom('chat.edit' as const, 'chat.delete' as const), member, which)
    .map(([how, who, target]) => new Change(how, who, target)),
  line.map((given) => new NewTask(given)),
  fc.tuple(member, which).map(([who, target]) => new Claim(who, target)),
  fc.tuple(member, which).map(([who, target]) => new Release(who, target)),
  reader.map((one) => new Cut(one)),
  fc.tuple(reader, node).map(([one, where]) => new Connect(one, where)),
  fc.tuple(reader, node).map(([one, where]) => new Connect(one, where)),
  fc
    .tuple(node, fc.array(line, { maxLength: 4 }), fc.nat(40))
    .map(([where, during, turns]) => new Kill(where, during, turns)),
  node.map((where) => new Boot(where)),
  node.map((where) => new Boot(where)),
  fc
    .tuple(node, fc.option(member), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([where, who, part]) => new ReadAgain(where, who, part)),
];
