import { meanings, PAUSE_MS } from './sequence';

it.each([
  ['a plain key', { key: '?', mod: false, at: 0 }, null, ['?']],
  ['a key with Control or Command', { key: 'K', mod: true, at: 0 }, null, ['mod+k']],
  ['the second of two', { key: 'b', mod: false, at: 900 }, { key: 'g', at: 0 }, ['g b', 'b']],
  ['a key long after another', { key: 'b', mod: false, at: PAUSE_MS }, { key: 'g', at: 0 }, ['b']],
])('understands %s', (_name, pressed, begun, names) => {
  expect(meanings(pressed, begun)).toEqual(names);
});
