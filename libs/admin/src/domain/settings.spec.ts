import { isSettingName, wantedInstead } from './settings.js';

it.each([
  ['sign_up.open', true, null],
  ['sign_up.open', 1, 'true or false'],
  ['limits.chat_burst', 1, null],
  ['limits.chat_burst', 1_000_000, null],
  ['limits.chat_burst', 0, 'a whole number from 1 to 1000000'],
  ['limits.chat_burst', 1.5, 'a whole number from 1 to 1000000'],
  ['limits.chat_burst', '7', 'a whole number from 1 to 1000000'],
  ['limits.chat_burst', null, 'a whole number from 1 to 1000000'],
] as const)('%s takes %j: %j', (name, value, wanted) => {
  expect(wantedInstead(name, value)).toBe(wanted);
});

it.each([
  ['sign_up.open', true],
  ['limits.redis_url', false],
  ['constructor', false],
  ['', false],
])('knows %j: %j', (name, known) => expect(isSettingName(name)).toBe(known));
