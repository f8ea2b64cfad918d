import { SealedBox } from './sealed-box.js';

const TOKEN = 'ghp_0123456789';

it('opens what it sealed, for what it was sealed for', () => {
  const box = new SealedBox(['one']);
  const sealed = box.seal(TOKEN, 'room 1');
  expect(sealed).not.toContain(TOKEN);
  expect(box.seal(TOKEN, 'room 1')).not.toBe(sealed);
  expect(box.open(sealed, 'room 1')).toBe(TOKEN);
  expect(box.open(sealed, 'room 2')).toBeUndefined();
});

it('takes a new key in front of the old one, and then does without it', () => {
  const sealed = new SealedBox(['old']).seal(TOKEN, 'room 1');
  const both = new SealedBox(['new', 'old']);
  expect(both.isFresh(sealed)).toBe(false);
  const again = both.seal(both.open(sealed, 'room 1') ?? '', 'room 1');
  expect(both.isFresh(again)).toBe(true);
  expect(new SealedBox(['new']).open(again, 'room 1')).toBe(TOKEN);
  expect(new SealedBox(['new']).open(sealed, 'room 1')).toBeUndefined();
});

it.each([
  ['nothing', ''],
  ['plain text', TOKEN],
  ['another version', 'v2.aaaaaaaaaaaa.AAAA'],
  ['too little', 'v1.aaaaaaaaaaaa.AAAA'],
])('opens no %s', (_name, text) => {
  expect(new SealedBox(['one']).open(text, 'room 1')).toBeUndefined();
});

it('opens nothing that was altered', () => {
  const box = new SealedBox(['one']);
  const sealed = box.seal(TOKEN, 'room 1');
  const at = sealed.length - 4;
  const altered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  expect(box.open(altered, 'room 1')).toBeUndefined();
});
