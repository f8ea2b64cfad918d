import { fillPath, queryString } from './path.js';

describe('fillPath', () => {
  it.each([
    ['leaves a plain path', '/rooms', { q: 'reef' }, '/rooms', { q: 'reef' }],
    [
      'fills a field',
      '/rooms/:room_id/tasks',
      { room_id: 'r1', status: 'open' },
      '/rooms/r1/tasks',
      { status: 'open' },
    ],
    [
      'fills several',
      '/rooms/:room_id/pull-requests/:number',
      { room_id: 'r1', number: 7 },
      '/rooms/r1/pull-requests/7',
      {},
    ],
    [
      'lets no text out of its segment',
      '/rooms/:room_id',
      { room_id: '../me?x=1' },
      '/rooms/..%2Fme%3Fx%3D1',
      {},
    ],
  ])('%s', (_, route, input, path, rest) => {
    expect(fillPath(route, input)).toEqual({ path, rest });
  });
});

describe('queryString', () => {
  it.each([
    ['is empty without fields', {}, ''],
    ['leaves out what is undefined', { q: undefined }, ''],
    ['writes numbers and booleans', { limit: 5, mine: true }, '?limit=5&mine=true'],
    ['escapes', { q: 'a b&c' }, '?q=a+b%26c'],
  ])('%s', (_, fields, text) => {
    expect(queryString(fields)).toBe(text);
  });
});
