import type { Envelope } from '@clawtank/contracts';
import { onlyIntended } from './intents.js';

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
const types = (intents: string[] | null) =>
  onlyIntended(frame, intents && new Set(intents)).events.map((event) => event.type);

describe('onlyIntended', () => {
  it.each([
    ['everything without intents', null, ['chat.message', 'task.update', 'task.created']],
    ['a family', ['task'], ['task.update', 'task.created']],
    ['a type', ['task.update'], ['task.update']],
    ['a family and a type', ['chat', 'task.created'], ['chat.message', 'task.created']],
    ['nothing', [], []],
    ['nothing for half a name', ['tas'], []],
  ])('shows %s', (_name, intents, expected) => {
    expect(types(intents)).toEqual(expected);
  });

  it('keeps the range, so that frames tile', () => {
    expect(onlyIntended(frame, new Set(['chat']))).toMatchObject({ from: 1, to: 3 });
  });
});
