import { amendmentIn } from './amendment.js';

const monday = new Date('2026-03-02T10:00:00Z');
const none = { priority: null, deadline: null, paths: [] };

describe('what adds to the message before', () => {
  it.each([
    ["it's urgent", { ...none, priority: 'urgent' }],
    ['not urgent btw', { ...none, priority: 'low' }],
    ['oh and this is high priority please', { ...none, priority: 'high' }],
    ['by Friday please', { ...none, deadline: '2026-03-06' }],
    ['it needs to be done by tomorrow', { ...none, deadline: '2026-03-03' }],
    ['only in src/login.ts', { ...none, paths: ['src/login.ts'] }],
    ["it's in `src/auth/**`", null],
    [
      'urgent, by Wednesday, in src/login.ts',
      { priority: 'urgent', deadline: '2026-03-04', paths: ['src/login.ts'] },
    ],
    ['is it urgent?', null],
    ['the urgent one is merged', null],
    ['I will be away by Friday', null],
    ['src/login.ts looks good', null],
    ['please', null],
    ['', null],
  ])('%s', (text, amendment) => {
    expect(amendmentIn(text, monday)).toEqual(amendment);
  });
});
