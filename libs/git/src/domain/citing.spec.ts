import { citing, type Origin } from './citing.js';

const origin: Origin = {
  taskKey: 'T-3',
  taskTitle: 'Roast darker',
  roomName: 'Coffee',
  roomUrl: 'https://tank.example.org/rooms/coffee',
  decisions: [],
};

it('names the task and the room after what its author wrote', () => {
  expect(citing('As asked.\n', origin)).toBe(
    'As asked.\n\n---\n\nClawTank task T-3, “Roast darker”, of the room [Coffee](https://tank.example.org/rooms/coffee).\n',
  );
});

it('goes without a link where there is no address', () => {
  expect(citing('', { ...origin, roomUrl: null })).toBe(
    '---\n\nClawTank task T-3, “Roast darker”, of the room Coffee.\n',
  );
});

it('cites the latest ten decisions', () => {
  const decisions = Array.from({ length: 12 }, (_, n) => `Number ${String(n)}.`);
  const lines = citing('', { ...origin, decisions }).split('\n');
  expect(lines.filter((line) => line.startsWith('- '))).toEqual(
    decisions.slice(2).map((text) => `- ${text}`),
  );
});

it.each([
  ['calls nobody', 'Ask @ada', '- Ask @<!-- -->ada'],
  ['closes no issue', 'Fixes #12', '- Fixes #<!-- -->12'],
  ['refers to no merge request', 'See !7', '- See !<!-- -->7'],
  ['stays one line', 'One\n\n# Two', '- One # Two'],
  ['makes no link and no tag', '[x](http://y) <b>', '- \\[x\\](http://y) \\<b\\>'],
])('%s', (_name, text, line) => {
  expect(citing('', { ...origin, decisions: [text] })).toContain(`${line}\n`);
});
