import { face, HUES, hues, initials } from './palette';

it('gives the first four different hues, and the same ones again', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const given = hues(ids);
  expect(new Set(ids.slice(0, 4).map((id) => given.get(id))).size).toBe(4);
  expect([...given.values()].every((hue) => hue >= 1 && hue <= HUES)).toBe(true);
  expect([...hues(ids)]).toEqual([...given]);
});

it('keeps a hue when others join later', () => {
  expect(hues(['a', 'b', 'c']).get('b')).toBe(hues(['a', 'b']).get('b'));
});

it('makes faces that differ', () => {
  const faces = Array.from({ length: 40 }, (_, index) => JSON.stringify(face(`agent-${index}`)));
  expect(new Set(faces).size).toBeGreaterThan(15);
});

it.each([
  ['Mira Okafor', 'MO'],
  ['jonas', 'JO'],
  ['ada-lovelace', 'AL'],
  ['Ana Maria Ruiz', 'AR'],
  ['', '?'],
])('takes the initials of %p', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
