import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb } from './build-web.mjs';
import { withLock } from './lock.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const STATE = join(ROOT, '.build');
const MANIFEST = join(STATE, 'manifest.json');

const sha = (text) => createHash('sha256').update(text).digest('hex');

/** Every folder with a `src` that compiles to a sibling `dist`. */
export function packages(root = ROOT) {
  const grouped = ['libs', 'apps'].flatMap((group) =>
    existsSync(join(root, group)) ? readdirSync(join(root, group)).map((name) => join(group, name)) : [],
  );
  return [...grouped, 'demo', 'cluster', 'faults', 'simulation', 'e2e', 'bench']
    .filter((path) => path !== join('apps', 'web'))
    .filter((path) => existsSync(join(root, path, 'src')));
}

function walk(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

const isSource = (path) => !/\.(spec\.tsx?|d\.ts|md)$/.test(path);

/** One planned output: where it comes from, what it becomes, whether it is compiled or copied. */
function plan(root) {
  return packages(root).flatMap((pkg) => {
    const src = join(root, pkg, 'src');
    return walk(src)
      .filter(isSource)
      .map((source) => {
        const compiled = source.endsWith('.ts');
        const name = relative(src, source);
        return {
          source,
          compiled,
          output: join(root, pkg, 'dist', compiled ? name.replace(/\.ts$/, '.js') : name),
        };
      });
  });
}

function readManifest(settings) {
  try {
    const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
    return manifest.settings === settings ? manifest.files : {};
  } catch {
    return {};
  }
}

/** Readers never see half a file: a running server may load it at this moment. */
function writeWhole(path, content, mode) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.draft-${process.pid}`;
  writeFileSync(draft, content, mode === undefined ? {} : { mode });
  renameSync(draft, path);
}

async function compile(item, text, swc, options) {
  const { code, map } = await swc.transform(text, {
    ...options,
    filename: item.source,
    sourceFileName: relative(dirname(item.output), item.source),
    swcrc: false,
  });
  const mapName = `${item.output.split(/[\\/]/).at(-1)}.map`;
  writeWhole(`${item.output}.map`, map);
  writeWhole(item.output, `${code}\n//# sourceMappingURL=${mapName}\n`);
}

/** Compares one source with the last build; returns its new manifest entry and whether to build it. */
function examine(item, known) {
  const { mtimeMs, size } = statSync(item.source);
  const there = existsSync(item.output);
  if (there && known && known.mtimeMs === mtimeMs && known.size === size) return { entry: known };
  const text = readFileSync(item.source, 'utf8');
  const entry = { mtimeMs, size, hash: sha(text) };
  return { entry, text: there && known?.hash === entry.hash ? undefined : text };
}

function removeStale(root, outputs) {
  let removed = 0;
  for (const pkg of packages(root)) {
    const dist = join(root, pkg, 'dist');
    for (const path of walk(dist)) {
      const owner = path.endsWith('.js.map') ? path.slice(0, -'.map'.length) : path;
      if (outputs.has(owner) || path.includes('.draft-')) continue;
      rmSync(path, { force: true });
      removed += 1;
      pruneEmpty(dirname(path), dist);
    }
  }
  return removed;
}

function pruneEmpty(folder, top) {
  if (folder === top || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  pruneEmpty(dirname(folder), top);
}

/** Compiles what changed since the last build. Returns how many files were written and removed. */
export async function build(root = ROOT) {
  const swcrc = readFileSync(join(root, '.swcrc'), 'utf8');
  const version = readFileSync(join(root, 'node_modules/@swc/core/package.json'), 'utf8');
  const settings = sha(swcrc + JSON.parse(version).version);
  const known = readManifest(settings);
  const items = plan(root);
  const files = {};
  const failures = [];
  let swc;
  let written = 0;
  const { $schema: _, ...options } = JSON.parse(swcrc);

  const work = items.map(async (item) => {
    const key = relative(root, item.source);
    const { entry, text } = examine(item, known[key]);
    if (text !== undefined) {
      try {
        if (item.compiled) {
          swc ??= import('@swc/core').then((module) => module.default ?? module);
          await compile(item, text, await swc, options);
        } else writeWhole(item.output, readFileSync(item.source), statSync(item.source).mode);
        written += 1;
      } catch (error) {
        failures.push(`${key}: ${error instanceof Error ? error.message : error}`);
        return;
      }
    }
    files[key] = entry;
  });
  await Promise.all(work);

  const removed = removeStale(root, new Set(items.map((item) => item.output)));
  writeWhole(MANIFEST, JSON.stringify({ settings, files }));
  if (failures.length > 0) throw new Error(`could not compile:\n${failures.join('\n')}`);
  return { written, removed, total: items.length };
}

/** `build`, and with `web` the dashboard too, one process at a time. */
export function buildLocked({ web = false, log = console.log } = {}) {
  return withLock(
    join(STATE, 'build.lock'),
    async () => {
      const begun = Date.now();
      const { written, removed, total } = await build();
      if (written || removed) {
        log(
          `built ${written} of ${total} files${removed ? `, removed ${removed}` : ''} in ${Date.now() - begun} ms`,
        );
      }
      if (web) await buildWeb({ root: ROOT, state: STATE, log });
    },
    (pid) => log(`waiting for another build (process ${pid})`),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildLocked({ web: process.argv.includes('--web') }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
