import { type INestApplicationContext, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { type DecisionAddInput, roomStream } from '@clawtank/contracts';
import { Database, type Tx } from '@clawtank/database';
import { redactRoomEvents, UnitOfWork } from '@clawtank/events';
import { createTestLog, type TestLog } from '@clawtank/events/testing';
import { defineFailures, Failure, newId } from '@clawtank/kernel';
import { IsUUID } from 'class-validator';
import type { Caller } from '../caller.js';
import { actorOf } from '../caller.js';
import { CommandBus } from '../command-bus.js';
import { type Command, type CommandContext, CommandHandler } from '../command.js';
import { CommandInputBase, Text } from '../inputs.js';
import { commandsMigration } from '../migrations.js';
import { HandlerRegistry } from '../registry.js';

const { fail } = defineFailures({
  'test.refused': { code: 'FORBIDDEN', say: (_: object) => 'Not today.' },
  'test.not_found': { code: 'NOT_FOUND', say: (_: object) => 'No such room.' },
});

class DecisionBody extends CommandInputBase implements DecisionAddInput {
  @IsUUID() room_id!: string;
  @Text(50) text!: string;
}

/** What a decision's text makes happen while it is taken. */
type Happening = (context: CommandContext, input: DecisionAddInput) => Promise<void>;
const happenings = new Map<string, Happening>();
const strangers = new Set<string>();

@CommandHandler('decision.add', DecisionBody)
class AddDecision implements Command<'decision.add'> {
  async authorise({ tx, caller }: CommandContext, input: DecisionAddInput): Promise<void> {
    if (strangers.has(caller.id)) throw fail('test.not_found', {});
    await tx.lockRoom(input.room_id);
  }
  async run(context: CommandContext, input: DecisionAddInput): Promise<{ decision_id: string }> {
    const id = newId();
    const data = { decision_id: id, text: input.text };
    await context.tx.execute('INSERT INTO taken (text) VALUES ($1)', [input.text]);
    context.tx.appendToRoom(input.room_id, { type: 'room.decision', actor: actorOf(context.caller), data });
    await happenings.get(input.text.split(' ')[0] ?? '')?.(context, input);
    return { decision_id: id };
  }
}

/** Commits, and then loses the answer. */
class ForgetfulDatabase extends Database {
  forget = 0;
  override async transaction<T>(work: (tx: Tx) => Promise<T>, ...rest: never[]): Promise<T> {
    const result = await super.transaction(work, ...rest);
    if (this.forget === 0) return result;
    this.forget -= 1;
    throw new Error('Connection terminated unexpectedly');
  }
}

let log: TestLog;
let database: ForgetfulDatabase;
let app: INestApplicationContext;
let bus: CommandBus;
let roomId: string;
let members: readonly Caller[];

beforeAll(async () => {
  log = await createTestLog([commandsMigration]);
  await log.database.query('CREATE TABLE taken (text text NOT NULL)');
  database = new ForgetfulDatabase(log.source);
  @Module({
    imports: [DiscoveryModule],
    providers: [
      { provide: UnitOfWork, useValue: new UnitOfWork(database, log.bus) },
      HandlerRegistry,
      CommandBus,
      AddDecision,
    ],
  })
  class Root {}
  app = await NestFactory.createApplicationContext(Root, { logger: false });
  bus = app.get(CommandBus, { strict: false });
});
afterAll(async () => {
  await app.close();
  await log.drop();
});
beforeEach(async () => {
  happenings.clear();
  strangers.clear();
  roomId = newId();
  await log.work.run((tx) => tx.openStream(roomStream(roomId)));
  await log.database.query('TRUNCATE taken');
  members = Array.from({ length: 4 }, aCaller);
  // Who was never let in does not wait with the others.
  for (const member of members) await decide(member, 'hello');
});

function aCaller(): Caller {
  const id = newId();
  return { kind: 'human', id, name: 'mira', userId: id, isAdmin: false, sessionId: null, address: '::1' };
}
const member = (index: number): Caller => members[index % members.length] ?? aCaller();
const decide = async (caller: Caller, text: string, commandId?: string) =>
  (await bus.run(
    'decision.add',
    { room_id: roomId, text, ...(commandId ? { command_id: commandId } : {}) },
    { caller, requestId: 'r' },
  )) as { decision_id: string; first_seq: number; seq: number };
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Failure ? error.reason : String(error)),
  );

interface Written {
  seq: number;
  text: string | null;
  transaction: string;
}
/** The room's events behind the greetings. */
const written = (): Promise<Written[]> =>
  log.database.query<Written & { [column: string]: unknown }>(
    `SELECT seq, data->>'text' AS text, xmin::text AS transaction FROM stream_events
     WHERE stream = $1 AND seq > $2 ORDER BY seq`,
    [roomStream(roomId), members.length],
  );
const takenTexts = async (): Promise<string[]> =>
  (await log.database.query<{ text: string }>("SELECT text FROM taken WHERE text <> 'hello'")).map(
    ({ text }) => text,
  );

/** Keeps the room busy, so that what is asked meanwhile gathers behind it. */
async function gathered<T>(ask: () => readonly Promise<T>[]): Promise<PromiseSettledResult<T>[]> {
  let go: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  happenings.set('hold', async () => {
    begun();
    await gate;
  });
  const holder = decide(member(0), 'hold');
  await started;
  const asked = Promise.allSettled(ask());
  // Input is validated asynchronously, so what was asked takes a few turns to arrive.
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  go();
  await holder;
  return asked;
}

describe('commands that wait for one room', () => {
  it('share a few transactions; those that fail in the middle leave no trace', async () => {
    happenings.set('refuse', () => Promise.reject(fail('test.refused', {})));
    happenings.set('break', async ({ tx }) => void (await tx.query('SELECT 1 FROM nowhere')));
    const textOf = (index: number): string =>
      `${index % 7 === 3 ? 'refuse' : index % 11 === 5 ? 'break' : 'say'} ${String(index)}`;
    const texts = Array.from({ length: 64 }, (_, index) => textOf(index));
    const said = texts.filter((text) => text.startsWith('say'));
    const answers = await gathered(() => texts.map((text, index) => decide(member(index), text, newId())));
    const events = (await written()).slice(1);
    expect(events.map(({ text }) => text)).toEqual(said);
    // One, unless the machine is so slow that the group's time is up before its end.
    expect(new Set(events.map(({ transaction }) => transaction)).size).toBeLessThan(said.length / 4);
    expect((await takenTexts()).filter((text) => text !== 'hold').sort()).toEqual([...said].sort());
    texts.forEach((text, index) => {
      const answer = answers[index];
      const event = events.find((one) => one.text === text);
      if (event) {
        expect(answer).toMatchObject({
          value: { first_seq: event.seq, seq: event.seq, stream: roomStream(roomId) },
        });
      } else expect(answer?.status).toBe('rejected');
    });
    const [{ kept } = { kept: 0 }] = await log.database.query<{ kept: number }>(
      'SELECT count(*)::int AS kept FROM command_results WHERE actor_id = ANY($1) AND reply IS NOT NULL',
      [members.map(({ id }) => id)],
    );
    const all = await log.database.query('SELECT 1 FROM command_results WHERE actor_id = ANY($1)', [
      members.map(({ id }) => id),
    ]);
    expect([kept, all.length]).toEqual([said.length, said.length]);
  });

  it('keep no refusal: the same id succeeds later, and repeats its answer from then on', async () => {
    let refusing = true;
    happenings.set('once', () => (refusing ? Promise.reject(fail('test.refused', {})) : Promise.resolve()));
    const id = newId();
    const ask = () => [decide(member(1), 'once', id), decide(member(2), 'other')];
    expect((await gathered(ask)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    refusing = false;
    const [first] = await gathered(ask);
    const [again] = await gathered(ask);
    expect(first).toMatchObject({ status: 'fulfilled' });
    expect(again).toEqual(first);
  });

  it('give twins among them one effect and one answer', async () => {
    const id = newId();
    const answers = await gathered(() => [
      decide(member(1), 'a'),
      ...Array.from({ length: 6 }, () => decide(member(2), 'twin', id)),
      decide(member(3), 'b'),
    ]);
    const twins = answers.slice(1, 7);
    for (const twin of twins) expect(twin).toEqual(twins[0]);
    expect((await written()).map(({ text }) => text)).toEqual(['hold', 'a', 'twin', 'b']);
  });

  it('are tried again one by one when one of them runs into a deadlock', async () => {
    let left = 1;
    happenings.set('deadlock', () => {
      left -= 1;
      return left < 0
        ? Promise.resolve()
        : Promise.reject(Object.assign(new Error('deadlock'), { code: '40P01' }));
    });
    const texts = ['a', 'deadlock', 'b'];
    const answers = await gathered(() => texts.map((text, index) => decide(member(index), text)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect((await written()).map(({ text }) => text).sort()).toEqual([...texts, 'hold'].sort());
  });

  it('are answered from their ids when the transaction is killed; the others are told', async () => {
    let left = 1;
    happenings.set('kill', async ({ tx }) => {
      left -= 1;
      if (left >= 0) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    const answers = await gathered(() => [
      decide(member(1), 'with an id', newId()),
      decide(member(2), 'kill', newId()),
      decide(member(3), 'without'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect((await written()).map(({ text }) => text).sort()).toEqual(['hold', 'kill', 'with an id']);
  });

  it('are answered from their ids, with one effect, when the commit is lost sight of', async () => {
    const answers = await gathered(() => {
      happenings.set('last', () => {
        database.forget = 1;
        return Promise.resolve();
      });
      return [decide(member(1), 'with an id', newId()), decide(member(2), 'last', newId())];
    });
    const events = (await written()).slice(1);
    expect(events.map(({ text }) => text)).toEqual(['with an id', 'last']);
    expect(answers).toMatchObject(events.map(({ seq }) => ({ status: 'fulfilled', value: { seq } })));
  });

  it('find in the log what those before them appended', async () => {
    happenings.set('redact', async ({ tx, caller }) => {
      await redactRoomEvents(tx, roomId, [members.length + 2], actorOf(caller));
    });
    const answers = await gathered(() => [
      decide(member(1), 'secret', newId()),
      decide(member(2), 'redact', newId()),
      decide(member(3), 'after', newId()),
    ]);
    const at = (offset: number) => members.length + offset;
    expect(answers).toMatchObject([
      { value: { first_seq: at(2), seq: at(2) } },
      { value: { first_seq: at(3), seq: at(4) } },
      { value: { first_seq: at(5), seq: at(5) } },
    ]);
    expect((await written()).map(({ text }) => text)).toEqual(['hold', null, 'redact', null, 'after']);
  });

  it('do not let a failed one write on', async () => {
    happenings.set('straggle', async ({ tx }) => {
      const late = async (): Promise<void> => {
        await tx.query('SELECT pg_sleep(0.01)');
        await tx.execute("INSERT INTO taken (text) VALUES ('late')");
      };
      await Promise.all([Promise.reject(fail('test.refused', {})), late()]);
    });
    await gathered(() => [decide(member(1), 'straggle'), decide(member(2), 'b'), decide(member(3), 'c')]);
    expect((await takenTexts()).sort()).toEqual(['b', 'c', 'hold']);
  });

  it('do not keep a stranger waiting, who could tell from it that the room is there', async () => {
    const stranger = aCaller();
    strangers.add(stranger.id);
    let answered = '';
    await gathered(() => {
      const asked = codeOf(decide(stranger, 'x'));
      // The room is still held when this is answered: `gathered` waits for what was asked after it lets go.
      happenings.set('late', async () => void (answered = await asked));
      return [decide(member(1), 'late')];
    });
    expect(answered).toBe('test.not_found');
  });
});
