import type { RoomView, TaskView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { GitSweep } from '@clawtank/git';
import { createTestPlatform, type TestPlatform } from '../src/testing.js';

let platform: TestPlatform;
let mira: Caller;
let pincer: Caller;
let roomId: string;
let taskId: string;
let fence: number;
beforeAll(async () => {
  platform = await createTestPlatform();
  mira = await platform.aUser('mira');
  pincer = await platform.anAgent(mira, 'pincer');
  const input = { name: 'Origins', visibility: 'private', settings: { autonomy: 'high' } };
  roomId = (await platform.run<{ room: RoomView }>('room.create', mira, input)).room.id;
  await platform.app.get(GitSweep, { strict: false }).run();
  await platform.run('agent.register', pincer, { room_id: roomId, model: 'm', capabilities: [] });
  await platform.run('agent.status', pincer, { room_id: roomId, status: 'ready' });
  const task = await platform.run<{ task: TaskView }>('task.create', mira, {
    room_id: roomId,
    title: 'Hello',
  });
  taskId = task.task.id;
  ({ fence } = await platform.run<{ fence: number }>('task.claim', pincer, { task_id: taskId }));
}, 60_000);
afterAll(() => platform.close());

/** Every command that carries a text of its sender to others. */
const texts = (): readonly [string, Caller, object][] => {
  const held = { task_id: taskId, fence };
  return [
    ['chat.send', mira, { room_id: roomId, text: 'hello' }],
    ['chat.edit', mira, { room_id: roomId, message_id: taskId, text: 'hello' }],
    ['chat.direct', mira, { to: pincer.id, text: 'hello' }],
    ['agent.ask', pincer, { room_id: roomId, text: 'Which?' }],
    ['agent.answer', mira, { question_id: taskId, answer: 'That.' }],
    ['agent.redirect', mira, { room_id: roomId, agent_id: pincer.id, instruction: 'Stop' }],
    ['agent.status', pincer, { room_id: roomId, status: 'thinking', detail: 'hello' }],
    ['decision.add', mira, { room_id: roomId, text: 'We do' }],
    ['task.create', mira, { room_id: roomId, title: 'Another' }],
    ['task.edit', mira, { task_id: taskId, description: 'More' }],
    ['task.progress', pincer, { ...held, note: 'hello' }],
    ['task.release', pincer, { ...held, note: 'hello' }],
    ['task.submit', pincer, { ...held, summary: 'hello' }],
    ['task.review', mira, { task_id: taskId, verdict: 'request_changes', comment: 'No' }],
    ['task.block', mira, { task_id: taskId, reason: 'Wait' }],
    ['git.review', mira, { room_id: roomId, number: 1, verdict: 'approve', body: 'Yes' }],
    ['room.update', mira, { room_id: roomId, description: 'hello' }],
  ];
};

it.each(['origin', 'actor', 'author', 'from'])(
  'takes no %s from a client, in whatever text',
  async (field) => {
    for (const [name, caller, input] of texts())
      for (const value of ['system', { kind: 'system', id: '', name: 'ClawTank' }]) {
        const refused = platform.run(name, caller, { ...input, [field]: value });
        const reason = await refused.then(
          () => 'done',
          (error: { reason: string }) => error.reason,
        );
        expect([name, reason]).toEqual([name, 'input.invalid']);
      }
  },
);

it('takes the same texts without it', async () => {
  for (const [name, caller, input] of texts()) {
    const reason = await platform.run(name, caller, input).then(
      () => 'done',
      (error: { reason: string }) => error.reason,
    );
    expect([name, reason]).not.toEqual([name, 'input.invalid']);
  }
});

it('says of each text who wrote it, by the token it came with', async () => {
  await platform.run('chat.send', mira, { room_id: roomId, text: 'from a person' });
  await platform.run('chat.send', pincer, { room_id: roomId, text: 'from an agent' });
  await platform.run('chat.direct', pincer, { to: mira.id, text: 'to a person' });
  const rows = await platform.database.query<{ text: string; origin: string; kind: string }>(
    `SELECT data ->> 'text' AS text, data ->> 'origin' AS origin, actor ->> 'kind' AS kind FROM stream_events
     WHERE type IN ('chat.message', 'chat.direct') AND data ->> 'text' ~ '^(from|to)' ORDER BY seq`,
  );
  expect([...new Set(rows.map(({ text, origin, kind }) => `${text}: ${origin} ${kind}`))].sort()).toEqual([
    'from a person: member human',
    'from an agent: agent agent',
    'to a person: agent agent',
  ]);
});
