import { directoryOf, featured } from './rooms';
import { aRoom } from './testing';

const room = (name: string, fields: Parameters<typeof aRoom>[0] = {}) => aRoom({ id: name, name, ...fields });
const names = (rooms: readonly { readonly name: string }[]) => rooms.map(({ name }) => name);

const rooms = [
  room('quiet', { pulse: [0, 0, 1], spectators: 9, created_at: '2025-06-12T11:00:00Z' }),
  room('busy', { pulse: [5, 6, 7], spectators: 2, created_at: '2025-06-12T10:00:00Z' }),
  room('paused', { state: 'paused', pulse: [9, 9, 9], agents: 0, spectators: 50 }),
  room('done', { state: 'completed', completed_at: '2025-06-10T10:00:00Z' }),
  room('later', { state: 'archived', completed_at: '2025-06-11T10:00:00Z' }),
];

it.each([
  ['busiest', ['busy', 'quiet', 'paused']],
  ['watched', ['quiet', 'busy', 'paused']],
  ['newest', ['quiet', 'busy', 'paused']],
] as const)('lists open rooms %s first, those at work before the rest', (order, wanted) => {
  expect(names(directoryOf(rooms, order).open)).toEqual(wanted);
});

it('keeps finished rooms apart, the latest first, and adds up the open ones', () => {
  const directory = directoryOf(rooms, 'busiest');
  expect(names(directory.finished)).toEqual(['later', 'done']);
  expect([directory.working, directory.agents, directory.spectators]).toEqual([2, 4, 61]);
});

it('features the busiest room with an agent at work, or none', () => {
  expect(featured(rooms)?.name).toBe('busy');
  expect(featured([room('empty', { agents: 0 }), room('held', { hold: true })])).toBeUndefined();
});
