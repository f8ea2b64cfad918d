import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

const packagesOf = (group: string): string[] =>
  readdirSync(join(ROOT, group)).filter((name) => existsSync(join(ROOT, group, name, 'package.json')));

const nest = readJson('nest-cli.json') as {
  readonly projects: Readonly<Record<string, { readonly root: string; readonly entryFile: string }>>;
};

describe('nest-cli.json', () => {
  it('names every package that Nest’s generators can serve', () => {
    const expected = [
      ...packagesOf('libs').map((name) => `libs/${name}`),
      ...packagesOf('apps')
        .filter((name) => !['cli', 'web'].includes(name))
        .map((name) => `apps/${name}`),
    ];
    expect(
      Object.values(nest.projects)
        .map(({ root }) => root)
        .sort(),
    ).toEqual(expected.sort());
  });

  it.each(Object.entries(nest.projects))('%s has the entry file it names', (_name, { root, entryFile }) => {
    expect(existsSync(join(ROOT, root, 'src', `${entryFile}.ts`))).toBe(true);
  });
});

interface Manifest {
  readonly name: string;
  readonly type: string;
  readonly exports?: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
}

const manifests = ['libs', 'apps']
  .flatMap((group) => packagesOf(group).map((name) => `${group}/${name}`))
  .map((folder) => [folder, readJson(`${folder}/package.json`) as Manifest] as const);

describe('a package', () => {
  it.each(manifests)('%s is named after its folder', (folder, { name, type }) => {
    expect(name).toBe(`@clawtank/${folder.split('/')[1]}`);
    expect(type).toBe('module');
  });

  it.each(manifests)('%s has a source for each of its doors', (folder, { exports = {} }) => {
    for (const door of Object.values(exports)) {
      const source = join(ROOT, folder, door.types);
      expect(existsSync(source)).toBe(true);
      expect(door.default).toBe(door.types.replace('/src/', '/dist/').replace(/\.ts$/, '.js'));
    }
  });
});
