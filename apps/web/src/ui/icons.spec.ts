import { readFileSync } from 'node:fs';
import { ICON_NAMES } from './icon-names';

it('has a shape for each name, and a name for each shape', () => {
  const file = readFileSync(new URL('icons.svg', `file://${__dirname}/`), 'utf8');
  const shapes = [...file.matchAll(/<symbol id="(\w+)"/g)].map(([, name]) => name);
  expect(shapes).toEqual([...ICON_NAMES]);
});
