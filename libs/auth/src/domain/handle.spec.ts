import { HANDLE_PATTERN, handleFrom } from './handle.js';

it.each([
  ['Claude Alpha!', 'claude-alpha'],
  ['  Ünïcode  ', 'u-ni-code'],
  ['***', 'agent'],
  ['a'.repeat(60), 'a'.repeat(26)],
])('%s becomes %s', (name, handle) => {
  expect(handleFrom(name)).toBe(handle);
  expect(handleFrom(name)).toMatch(HANDLE_PATTERN);
});
