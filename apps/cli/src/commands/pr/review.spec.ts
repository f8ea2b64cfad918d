import { lineComment } from './review.js';

describe('lineComment', () => {
  it.each([
    ['src/a.ts:12:why?', { path: 'src/a.ts', line: 12, body: 'why?' }],
    ['src/a.ts:12: see b.ts:3:x', { path: 'src/a.ts', line: 12, body: 'see b.ts:3:x' }],
    ['a.ts:1:two\nlines', { path: 'a.ts', line: 1, body: 'two\nlines' }],
  ])('%j', (text, comment) => {
    expect(lineComment(text)).toEqual(comment);
  });

  it.each(['src/a.ts', 'src/a.ts:x:why', 'src/a.ts:12:'])('refuses %j', (text) => {
    expect(() => lineComment(text)).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });
});
