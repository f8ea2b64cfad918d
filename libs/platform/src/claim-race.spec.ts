import { tmpdir } from 'node:os';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Caller, CommandBus } from '@clawtank/commands';
import { watchStatements } from '@clawtank/database/testing';
import { Failure, newId } from '@clawtank/kernel';
import { PlatformModule } from './platform.module.js';
import { createTestPlatform, testEnvironment, type TestPlatform } from './testing.js';

const CLAIMANTS = 8;

let platform: TestPlatform;
let host: Caller;
let people: Caller[];
let roomId: string;
let other: INestApplicationContext | undefined;

beforeAll(async () => {
  platform = await createTestPlatform();
  host = await platform.aUser('ada');
  const made = await platform.run<{ room: { id: string } }>('room.create', host, {
    name: 'Race',
    visibility: 'private',
  });
  roomId = made.room.id;
  await platform.database.query("UPDATE rooms SET state = 'active' WHERE id = $1", [roomId]);
  people = [];
  for (let n = 0; n < CLAIMANTS; n += 1) {
    const person = await platform.aUser(`claimant${String(n)}`);
    await platform.run('member.add', host, { room_id: roomId, user_id: person.id, role: 'member' });
    await platform.run('chat.send', person, { room_id: roomId, text: 'Here.' });
    people.push(person);
  }
});
afterAll(async () => {
  await other?.close();
  await platform.close();
});

const aTask = async (): Promise<string> => {
  const { task } = await platform.run<{ task: { id: string } }>('task.create', host, {
    room_id: roomId,
    title: 'Race',
  });
  return task.id;
};
const claim = (caller: Caller, taskId: string, run = platform.run): Promise<string> =>
  run('task.claim', caller, { task_id: taskId, command_id: newId() }).then(
    () => 'won',
    (error: unknown) => (error instanceof Failure ? error.message : String(error)),
  );
const rivals = (owner: Caller, count: number): Caller[] => {
  const others = people.filter(({ id }) => id !== owner.id);
  return Array.from({ length: count }, (_, n) => others[n % others.length] ?? host);
};

/** Another process on the same database. */
async function anotherNode(): Promise<TestPlatform['run']> {
  @Module({ imports: [PlatformModule.forRoot({ env: testEnvironment(platform, tmpdir()) })] })
  class Root {}
  other = await NestFactory.createApplicationContext(Root, { logger: ['error'] });
  const bus = other.get(CommandBus, { strict: false });
  return async <T>(name: string, caller: Caller, input: object) =>
    (await bus.run(name, input, { caller, requestId: newId() })) as T;
}

describe('a race for one task', () => {
  it('has one winner over two nodes that do not hear of each other', async () => {
    const run = await anotherNode();
    for (let round = 0; round < 5; round += 1) {
      const taskId = await aTask();
      const nodes = people.map((_, n) => (n % 2 ? run : platform.run));
      const outcomes = await Promise.all(people.map((person, n) => claim(person, taskId, nodes[n])));
      const winners = people.filter((_, n) => outcomes[n] === 'won');
      expect(winners).toHaveLength(1);
      const told = new RegExp(`is taken by ${winners[0]?.name ?? ''}\\.$`);
      for (const outcome of outcomes) if (outcome !== 'won') expect(outcome).toMatch(told);
    }
  });

  it('has one winner, whom the others are told', async () => {
    const taskId = await aTask();
    const outcomes = await Promise.all(people.map((person) => claim(person, taskId)));
    const winner = people[outcomes.indexOf('won')];
    const told = outcomes.filter((outcome) => outcome !== 'won');
    expect(told).toHaveLength(CLAIMANTS - 1);
    for (const outcome of told) expect(outcome).toMatch(new RegExp(`is taken by ${winner?.name ?? ''}\\.$`));
  });

  it('asks the database as little for two hundred losers as for a few', async () => {
    const taskId = await aTask();
    const [owner] = people;
    if (!owner) throw new Error('nobody is there');
    expect(await claim(owner, taskId)).toBe('won');
    const watch = watchStatements();
    const outcomes = await Promise.all(rivals(owner, 200).map((person) => claim(person, taskId)));
    watch.stop();
    expect(new Set(outcomes).size).toBe(1);
    expect(outcomes[0]).toMatch(/is taken by/);
    expect(watch.statements).toBeLessThanOrEqual(40);
  });
});
