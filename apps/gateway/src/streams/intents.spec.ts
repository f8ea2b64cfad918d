import type { Envelope } from '@clawtank/contracts';
import { Intents } from './intents.js';

const envelope = (type: string, seq: number): Envelope => ({
  id: String(seq),
  stream: 'room:r',
  seq,
  type,
  at: '2026-01-01T00:00:00.000Z',
  actor: { kind: 'system', id: '', name: 'ClawTank' },
  data: {},
});
const frame = {
  stream: 'room:r',
  epoch: 'e',
  from: 1,
  to: 3,
  events: [envelope('chat.message', 1), envelope('task.update', 2), envelope('task.created', 3)],
};

describe('Intents', () => {
  it.each([
    ['a family', ['task'], ['task.update', 'task.created']],
    ['a type', ['task.update'], ['task.update']],
    ['a family and a type', ['chat', 'task.created'], ['chat.message', 'task.created']],
    ['nothing', [], []],
    ['nothing for half a name', ['tas'], []],
  ])('show %s', (_name, intents, expected) => {
    expect(new Intents(intents).of(frame).events.map(({ type }) => type)).toEqual(expected);
  });

  it('keep the range, so that frames tile', () => {
    expect(new Intents(['chat']).of(frame)).toMatchObject({ from: 1, to: 3 });
  });

  it('give all who asked for the same one frame object, whatever the order', () => {
    const [some, same, other] = [['chat', 'task'], ['task', 'chat', 'chat'], ['chat']].map((intents) =>
      new Intents(intents).of(frame),
    );
    expect(some).toBe(same);
    expect(some).not.toBe(other);
  });
});
