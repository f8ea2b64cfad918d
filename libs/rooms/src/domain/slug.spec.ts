import { slugFrom } from './slug.js';

it.each([
  ['Tank', 'tank-abc234'],
  ['Über den Flüssen!', 'uber-den-flussen-abc234'],
  ['  --- ', 'room-abc234'],
  ['部屋', 'room-abc234'],
  ['a'.repeat(80), `${'a'.repeat(40)}-abc234`],
  [`${'a'.repeat(39)} b`, `${'a'.repeat(39)}-abc234`],
])('names the room %p %p', (name, slug) => {
  expect(slugFrom(name, 'abc234')).toBe(slug);
});
