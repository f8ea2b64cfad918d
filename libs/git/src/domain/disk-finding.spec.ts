import { diskFinding } from './disk-finding.js';

const GIB = 1_073_741_824;

it.each([
  ['a large disk with much room', 100 * GIB, 500 * GIB, 'ok'],
  ['a large disk that is nearly full, with room for a long time', 40 * GIB, 2_000 * GIB, 'ok'],
  ['a small disk that is half full', 4 * GIB, 8 * GIB, 'ok'],
  ['a disk that fills up', 4 * GIB, 100 * GIB, 'warning'],
  ['a full disk', 0.2 * GIB, 100 * GIB, 'broken'],
])('%s', (_name, free, whole, state) => {
  expect(diskFinding(free, whole).state).toBe(state);
});
