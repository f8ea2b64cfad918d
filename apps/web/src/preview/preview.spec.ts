import { aRoom, aSnapshot } from '../story/testing';
import { emptyLog } from '../story/log';
import { roomPreview, writable } from './preview';

it('tells how the room stands', () => {
  const snapshot = aSnapshot({
    room: aRoom({ tasks_open: 3, tasks_complete: 9, members: 1, pulse: [1, 2] }),
  });
  const preview = roomPreview({ snapshot, log: emptyLog(snapshot.cursor) });
  expect(preview).toMatchObject({ name: 'roast', state: { word: 'Collaborating' }, pulse: [1, 2] });
  expect(preview.figures[0]).toEqual({ value: '9 / 12', word: 'tasks done' });
  expect(preview.figures[2]).toEqual({ value: '1', word: 'person' });
  expect(preview.agents.map(({ name }) => name)).toEqual(['Pincer', 'Molt']);
});

it.each([
  ['Fix   the <b>bug</b>', 'Fix the <b>bug</b>'],
  ['Żółw, Ρόδος, Привет', 'Żółw, Ρόδος, Привет'],
  ['rocket 🚀 launch', 'rocket launch'],
  ['a\u202eb\u200bc', 'abc'],
  ['部屋', ''],
])('writes %j as %j', (text, written) => {
  expect(writable(text)).toBe(written);
});

it('calls a room by its slug where its name can’t be written', () => {
  const snapshot = aSnapshot({ room: aRoom({ name: '部屋', slug: 'room-k3f9qz' }) });
  expect(roomPreview({ snapshot, log: emptyLog(snapshot.cursor) }).name).toBe('room-k3f9qz');
});
