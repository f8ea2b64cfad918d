// Lays out what one app needs to run: node docker/tree.mjs APP TARGET. Compiled code and manifests of the
// app and of the workspace packages below it, then their production dependencies from the lockfile.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PNPM = 'pnpm@12.21.0';
const SCOPE = '@clawtank/';

const [app, targetArgument] = process.argv.slice(2);
if (!app || !targetArgument) throw new Error('usage: node docker/tree.mjs APP TARGET');
const target = resolve(targetArgument);

const manifestOf = (folder) => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));

const folders = ['apps', 'libs'].flatMap((group) =>
  readdirSync(join(ROOT, group)).map((name) => `${group}/${name}`),
);
const folderOf = new Map(
  folders
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')))
    .map((folder) => [manifestOf(folder).name, folder]),
);

/** The app and all workspace packages that it depends on, in turn. The pages have a tree of their own. */
function closure(name, found = new Set()) {
  if (name === `${SCOPE}web` && app !== 'web') return found;
  if (found.has(name)) return found;
  found.add(name);
  const below = Object.keys(manifestOf(folderOf.get(name)).dependencies ?? {});
  for (const other of below.filter((dependency) => dependency.startsWith(SCOPE))) closure(other, found);
  return found;
}

mkdirSync(target, { recursive: true });
for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
  cpSync(join(ROOT, file), join(target, file));
}
// The lockfile knows every package of the workspace, so each has its manifest there; code only where used.
for (const folder of folderOf.values()) {
  cpSync(join(ROOT, folder, 'package.json'), join(target, folder, 'package.json'));
}
const used = [...closure(SCOPE + app)];
for (const folder of used.map((name) => folderOf.get(name))) {
  for (const part of ['dist', 'bin']) {
    const from = join(ROOT, folder, part);
    if (existsSync(from)) cpSync(from, join(target, folder, part), { recursive: true });
  }
}
// The all-in-one server runs the pages' own server as its child.
if (app === 'server') {
  const standalone = 'apps/web/.next/standalone';
  cpSync(join(ROOT, standalone), join(target, standalone), { recursive: true, verbatimSymlinks: true });
}
const filters = used.flatMap((name) => ['--filter', name]);
const install = ['install', '--prod', '--frozen-lockfile', '--prefer-offline'];
execFileSync('npx', ['-y', PNPM, ...filters, ...install], { cwd: target, stdio: 'inherit' });
