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
const ROUNDS = 3;

/** Everybody claims one task at once: the whole command, against the bare conditional update it rests on. */
export async function claims(): Promise<readonly Row[]> {
  const test = await createTestDatabase(MIGRATIONS);
  const gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-bench-'));
  const app = await start({ DATABASE_URL: test.url, GIT_ROOT: gitRoot, CLAWTANK_WORKERS: 'false' });
  const commands = app.get(CommandBus, { strict: false });
  const database = app.get(Database, { strict: false });
  const run = async (caller: Caller, name: string, input: object): Promise<unknown> =>
    commands.run(name, input, { caller, requestId: newId() });
  try {
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
    await database.query('CREATE TABLE bare_tasks (id int PRIMARY KEY, status text NOT NULL, owner uuid)');
    const ours: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const made = (await run(host, 'task.create', { room_id: room.id, title: `Race ${String(round)}` })) as {
        task: { id: string };
      };
      ours.push(await race(claimants, (caller) => won(run(caller, 'task.claim', { task_id: made.task.id }))));
      await database.query("INSERT INTO bare_tasks VALUES ($1, 'open')", [round]);
      peer.push(
        await race(claimants, async ({ id }) => {
          const rows = await database.query(
            "UPDATE bare_tasks SET status = 'claimed', owner = $2 WHERE id = $1 AND status = 'open' RETURNING id",
            [round, id],
          );
          return rows.length === 1;
        }),
      );
    }
    const name = `claim race of ${String(CLAIMANTS)}, bare conditional update`;
    return [compare({ name, unit: 'claims/s', better: 'higher', ours, peer, goal: 10 })];
  } finally {
    await app.close();
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  }
}

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

/** Claims answered per second. @throws unless one has won */
async function race(
  claimants: readonly Caller[],
  claim: (caller: Caller) => Promise<boolean>,
): Promise<number> {
  const begun = performance.now();
  const results = await Promise.all(claimants.map(claim));
  const seconds = (performance.now() - begun) / 1_000;
  const winners = results.filter(Boolean).length;
  if (winners !== 1) throw new Error(`${String(winners)} winners`);
  return claimants.length / seconds;
}
