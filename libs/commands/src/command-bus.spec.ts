import { Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { type DecisionAddInput, roomStream, type RoomRef } from '@clawtank/contracts';
import { UnitOfWork } from '@clawtank/events';
import { createTestLog, type TestLog } from '@clawtank/events/testing';
import { defineFailures, Failure, newId } from '@clawtank/kernel';
import { IsUUID } from 'class-validator';
import type { Caller } from './caller.js';
import { CommandBus } from './command-bus.js';
import {
  type Command,
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from './command.js';
import { CommandInputBase, Text } from './inputs.js';
import { commandsMigration } from './migrations.js';
import { HandlerRegistry } from './registry.js';

const { fail } = defineFailures({ 'test.refused': { code: 'FORBIDDEN', say: (_: object) => 'Not today.' } });
const refused = new Set<string>();
let acted = 0;

class DecisionBody extends CommandInputBase implements DecisionAddInput {
  @IsUUID() room_id!: string;
  @Text(50) text!: string;
}
class RoomBody extends CommandInputBase implements RoomRef {
  @IsUUID() room_id!: string;
}

async function enter({ tx, caller }: CommandContext, roomId: string): Promise<void> {
  await tx.lockRoom(roomId);
  if (refused.has(caller.id)) throw fail('test.refused', {});
}

@CommandHandler('decision.add', DecisionBody)
class AddDecision implements Command<'decision.add'> {
  authorise(context: CommandContext, input: DecisionAddInput): Promise<void> {
    return enter(context, input.room_id);
  }
  run({ tx, caller }: CommandContext, input: DecisionAddInput): Promise<{ decision_id: string }> {
    const id = newId();
    const actor = { kind: caller.kind, id: caller.id, name: caller.name };
    tx.appendToRoom(input.room_id, {
      type: 'room.decision',
      actor,
      data: { decision_id: id, text: input.text },
    });
    return Promise.resolve({ decision_id: id });
  }
}

@CommandHandler('room.delete', RoomBody, { staged: true })
class ActOutside implements StagedCommand<'room.delete'> {
  authorise(context: CommandContext, input: RoomRef): Promise<void> {
    return enter(context, input.room_id);
  }
  async run({ finish }: StagedContext, input: RoomRef): Promise<{ room_id: string }> {
    acted += 1;
    return finish(() => Promise.resolve({ room_id: input.room_id }));
  }
}

@CommandHandler('room.leave', RoomBody, { secretReply: true })
class ShowOnce implements Command<'room.leave'> {
  authorise(context: CommandContext, input: RoomRef): Promise<void> {
    return enter(context, input.room_id);
  }
  run(_: CommandContext, input: RoomRef): Promise<{ room_id: string }> {
    return Promise.resolve({ room_id: input.room_id });
  }
}

let log: TestLog;
let app: INestApplicationContext;
let bus: CommandBus;
let roomId: string;

beforeAll(async () => {
  log = await createTestLog([commandsMigration]);
  @Module({
    imports: [DiscoveryModule],
    providers: [
      { provide: UnitOfWork, useValue: log.work },
      HandlerRegistry,
      CommandBus,
      AddDecision,
      ActOutside,
      ShowOnce,
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
  roomId = newId();
  await log.work.run((tx) => tx.openStream(roomStream(roomId)));
});

const aCaller = (): Caller => {
  const id = newId();
  return {
    kind: 'human',
    id,
    name: 'mira',
    userId: id,
    isAdmin: false,
    sessionId: null,
    address: '127.0.0.1',
  };
};
const decide = (caller: Caller, input: object): Promise<object> =>
  bus.run('decision.add', { room_id: roomId, text: 'ship it', ...input }, { caller, requestId: 'r' });
const headOf = async (): Promise<number> =>
  (await log.reader.heads([roomStream(roomId)])).get(roomStream(roomId)) ?? 0;
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Failure ? `${error.code} ${error.reason}` : String(error)),
  );

describe('the command bus', () => {
  it('answers with the reply and where its events stand', async () => {
    expect(await decide(aCaller(), {})).toMatchObject({ stream: roomStream(roomId), first_seq: 1, seq: 1 });
  });

  it('gives the same id one effect and one answer, twins in flight included', async () => {
    const caller = aCaller();
    const command = { command_id: newId() };
    const answers = await Promise.all(Array.from({ length: 12 }, () => decide(caller, command)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await decide(caller, command)).toEqual(answers[0]);
    expect(await headOf()).toBe(1);
  });

  it('keeps ids apart by actor', async () => {
    const command = { command_id: newId() };
    await decide(aCaller(), command);
    await decide(aCaller(), command);
    expect(await headOf()).toBe(2);
  });

  it('refuses the same id with another body, and writes nothing', async () => {
    const caller = aCaller();
    const command = { command_id: newId() };
    await decide(caller, command);
    expect(await codeOf(decide(caller, { ...command, text: 'other' }))).toBe('CONFLICT command.other_body');
    expect(await headOf()).toBe(1);
  });

  it("checks today's rights before it repeats an answer", async () => {
    const caller = aCaller();
    const command = { command_id: newId() };
    await decide(caller, command);
    refused.add(caller.id);
    expect(await codeOf(decide(caller, command))).toBe('FORBIDDEN test.refused');
  });

  it('keeps no refusal: the same id succeeds later', async () => {
    const caller = aCaller();
    const command = { command_id: newId() };
    refused.add(caller.id);
    expect(await codeOf(decide(caller, command))).toBe('FORBIDDEN test.refused');
    refused.delete(caller.id);
    expect(await codeOf(decide(caller, command))).toBe('accepted');
  });

  it('refuses a secret by name and place, without its words, and keeps nothing of it', async () => {
    const secret = `ghp_${'aB3dE6gH9jK2'.repeat(3)}`;
    const caller = aCaller();
    const command = { command_id: newId() };
    const refusal = await decide(caller, { ...command, text: `use ${secret}` }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({
      code: 'SECRET_DETECTED',
      reason: 'text.secret',
      details: { field: 'text', kind: 'a GitHub token' },
    });
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain(secret);
    expect(await headOf()).toBe(0);
    expect(await codeOf(decide(caller, command))).toBe('accepted');
  });

  it('shows a secret once', async () => {
    const call = { caller: aCaller(), requestId: 'r' };
    const input = { room_id: roomId, command_id: newId() };
    await bus.run('room.leave', input, call);
    expect(await codeOf(bus.run('room.leave', input, call))).toBe('CONFLICT command.already_issued');
  });

  it('does not act again outside the database for an id that is done', async () => {
    const call = { caller: aCaller(), requestId: 'r' };
    const input = { room_id: roomId, command_id: newId() };
    const before = acted;
    expect(await bus.run('room.delete', input, call)).toEqual(await bus.run('room.delete', input, call));
    expect(acted).toBe(before + 1);
  });

  it.each<[string, unknown, string]>([
    ['no object', 'text', 'VALIDATION_FAILED input.invalid'],
    ['a list', [], 'VALIDATION_FAILED input.invalid'],
    ['an unknown field', { extra: 1 }, 'VALIDATION_FAILED input.invalid'],
    ['blank text', { text: ' \n ' }, 'VALIDATION_FAILED input.invalid'],
    ['text in the wrong type', { text: 7 }, 'VALIDATION_FAILED input.invalid'],
    ['NUL', { text: 'a\u0000b' }, 'VALIDATION_FAILED input.invalid'],
    ['a lone surrogate', { text: '\ud800' }, 'VALIDATION_FAILED input.invalid'],
    ['a polluting key', JSON.parse('{"__proto__": {"x": 1}}'), 'VALIDATION_FAILED input.invalid'],
    ['a megabyte', { text: 'x'.repeat(1_000_000) }, 'PAYLOAD_TOO_LARGE input.too_large'],
  ])('refuses %s and changes nothing', async (_name, input, code) => {
    const raw =
      typeof input === 'object' && input !== null && !Array.isArray(input)
        ? { room_id: roomId, text: 'x', ...input }
        : input;
    const given = _name === 'a polluting key' ? input : raw;
    expect(await codeOf(bus.run('decision.add', given, { caller: aCaller(), requestId: 'r' }))).toBe(code);
    expect(await headOf()).toBe(0);
  });

  it('names every bad field', async () => {
    const attempt = bus.run(
      'decision.add',
      { room_id: 'no', text: '' },
      { caller: aCaller(), requestId: 'r' },
    );
    const failure = await attempt.catch((error: unknown) => error as Failure);
    expect((failure as Failure).extras.errors?.map((error) => error.path)).toEqual(
      expect.arrayContaining(['room_id', 'text']),
    );
  });

  it('knows when there is no such command', async () => {
    expect(await codeOf(bus.run('room.explode', {}, { caller: aCaller(), requestId: 'r' }))).toBe(
      'NOT_FOUND command.unknown',
    );
  });
});
