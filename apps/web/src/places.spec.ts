import { safePath } from './places';

it.each([
  ['/rooms', '/rooms'],
  ['/replay/reef-k3f9qz?at=7', '/replay/reef-k3f9qz?at=7'],
  [null, '/home'],
  ['', '/home'],
  ['https://evil.test', '/home'],
  ['//evil.test', '/home'],
  ['/\\evil.test', '/home'],
  ['/a\\..\\b', '/home'],
  ['/\t/evil.test', '/home'],
  ['javascript:alert(1)', '/home'],
])('%j leads to %s', (wanted, path) => {
  expect(safePath(wanted, '/home')).toBe(path);
});
