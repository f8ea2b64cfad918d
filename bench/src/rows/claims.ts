import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { aUser } from '@clawtank/auth/testing';
import { type Caller, CommandBus } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { createTestDatabase } from '@clawtank/database/testing';
import { newId } from '@clawtank/kernel';
import { MIGRATIONS, PlatformModule } from '@clawtank/platform';
import { compare, type Row } from '../row.js';

/** As many as one room takes beside its host. */
const CLAIMANTS = 49;
const LOSERS = 200;
const ROUNDS = 5;

type Run = (caller: Caller, name: string, input: object) => Promise<unknown>;

/** Everybody claims one task at once: the whole command, against the bare conditional update it rests on. */
export async function claims(): Promise<readonly Row[]> {
  const test = await createTestDatabase(MIGRATIONS);
  const gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-bench-'));
  const app = await start({ DATABASE_URL: test.url, GIT_ROOT: gitRoot, CLAWTANK_WORKERS: 'false' });
  const commands = app.get(CommandBus, { strict: false });
  const run: Run = (caller, name, input) => commands.run(name, input, { caller, requestId: newId() });
  try {
    return await measure(app.get(Database, { strict: false }), run);
  } finally {
    await app.close();
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  }
}

async function measure(database: Database, run: Run): Promise<readonly Row[]> {
  const { host, claimants, roomId } = await crowd(database, run);
  await database.query('CREATE TABLE bare_tasks (id int PRIMARY KEY, status text NOT NULL, owner uuid)');
  const race = figures();
  const late = figures();
  for (let round = 0; round < ROUNDS; round += 1) {
    const made = (await run(host, 'task.create', { room_id: roomId, title: `Race ${String(round)}` })) as {
      task: { id: string };
    };
    const claim = (caller: Caller): Promise<boolean> =>
      won(run(caller, 'task.claim', { task_id: made.task.id }));
    race.ours.push(await perSecond(claimants, claim, 1));
    const owners = await database.query<{ claimant_id: string }>(
      'SELECT claimant_id FROM task_claims WHERE task_id = $1 AND ended_at IS NULL',
      [made.task.id],
    );
    const others = claimants.filter(({ id }) => id !== owners[0]?.claimant_id);
    const losers = Array.from({ length: LOSERS }, (_, n) => others[n % others.length] ?? host);
    late.ours.push(await perSecond(losers, claim, 0));
    await database.query("INSERT INTO bare_tasks VALUES ($1, 'open')", [round]);
    race.peer.push(await perSecond(claimants, bare(database, round), 1));
    late.peer.push(await perSecond(losers, bare(database, round), 0));
  }
  const row = { unit: 'claims/s', better: 'higher', goal: 10 } as const;
  return [
    compare({ ...row, ...race, name: `claim race of ${String(CLAIMANTS)}, bare conditional update` }),
    compare({ ...row, ...late, name: `${String(LOSERS)} losers of one task, bare conditional update` }),
  ];
}

interface Crowd {
  readonly host: Caller;
  readonly claimants: readonly Caller[];
  readonly roomId: string;
}

/** A room with everybody in it who fits, each of whom has said something there. */
async function crowd(database: Database, run: Run): Promise<Crowd> {
  const people: Caller[] = [];
  for (let index = 0; index <= CLAIMANTS; index += 1) {
    people.push(await database.transaction((tx) => aUser(tx, { name: `claimant${String(index)}` })));
  }
  const [host, ...claimants] = people;
  if (!host) throw new Error('nobody is there');
  const { room } = (await run(host, 'room.create', { name: 'Race', visibility: 'private' })) as {
    room: { id: string };
  };
  for (const { id } of claimants)
    await run(host, 'member.add', { room_id: room.id, user_id: id, role: 'member' });
  await database.query("UPDATE rooms SET state = 'active' WHERE id = $1", [room.id]);
  for (const caller of claimants) await run(caller, 'chat.send', { room_id: room.id, text: 'Here.' });
  return { host, claimants, roomId: room.id };
}

const bare =
  (database: Database, task: number) =>
  async ({ id }: Caller): Promise<boolean> => {
    const rows = await database.query(
      "UPDATE bare_tasks SET status = 'claimed', owner = $2 WHERE id = $1 AND status = 'open' RETURNING id",
      [task, id],
    );
    return rows.length === 1;
  };

function start(env: Readonly<Record<string, string>>): Promise<INestApplicationContext> {
  @Module({ imports: [PlatformModule.forRoot({ env })] })
  class Root {}
  return NestFactory.createApplicationContext(Root, { logger: ['error'] });
}

const won = (claim: Promise<unknown>): Promise<boolean> =>
  claim.then(
    () => true,
    () => false,
  );

const figures = (): { ours: number[]; peer: number[] } => ({ ours: [], peer: [] });

/** Claims answered per second. @throws unless as many have won as may */
async function perSecond(
  claimants: readonly Caller[],
  claim: (caller: Caller) => Promise<boolean>,
  mayWin: number,
): Promise<number> {
  const begun = performance.now();
  const results = await Promise.all(claimants.map(claim));
  const seconds = (performance.now() - begun) / 1_000;
  const winners = results.filter(Boolean).length;
  if (winners !== mayWin) throw new Error(`${String(winners)} winners`);
  return claimants.length / seconds;
}
