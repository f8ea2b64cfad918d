import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '..');
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Stage {
  readonly base: string;
  readonly name: string;
  readonly steps: readonly string[];
}

/** Stages of the Dockerfile with their instructions, continuation lines joined. */
function stages(): Stage[] {
  const lines = text('docker/Dockerfile')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const found: { base: string; name: string; steps: string[] }[] = [];
  for (const line of lines) {
    const [, base, name] = /^FROM (\S+) AS (\S+)$/.exec(line) ?? [];
    if (base && name) found.push({ base, name, steps: [] });
    else found.at(-1)?.steps.push(line);
  }
  return found;
}

const PROCESSES = ['api', 'gateway', 'webhook-receiver', 'web', 'server'];

/** Steps of a stage and of the stages that it is built upon. */
function stepsOf(name: string): string[] {
  const stage = stages().find((one) => one.name === name);
  return stage ? [...stepsOf(stage.base), ...stage.steps] : [];
}

interface Service {
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: unknown;
}

const compose = parse(text('docker/compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const services = Object.entries(compose.services);

describe('the Dockerfile', () => {
  it('copies only what exists', () => {
    const sources = stages()
      .flatMap(({ steps }) => steps)
      .filter((step) => step.startsWith('COPY ') && !step.includes('--from='))
      .flatMap((step) => step.split(/\s+/).slice(1, -1));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  });

  it('copies only from its own earlier stages', () => {
    const names = new Set<string>();
    for (const { base, name, steps } of stages()) {
      const from = steps.flatMap((step) => /^COPY --from=(\S+)/.exec(step)?.[1] ?? []);
      expect(from.filter((stage) => !names.has(stage))).toEqual([]);
      expect(names.has(base) || base.startsWith('node:')).toBe(true);
      names.add(name);
    }
  });

  it.each(PROCESSES)('%s runs as an ordinary user and is asked for its health', (name) => {
    const steps = stepsOf(name);
    expect(steps.findLast((step) => step.startsWith('USER '))).toBe('USER node');
    expect(steps.some((step) => step.startsWith('HEALTHCHECK '))).toBe(true);
    expect(steps.some((step) => step.startsWith('ENTRYPOINT ["tini"'))).toBe(true);
  });

  it.each(PROCESSES.filter((name) => name !== 'web'))('%s starts a program that has a source', (name) => {
    const command = stepsOf(name).findLast((step) => step.startsWith('CMD ')) ?? '';
    const program = (JSON.parse(command.slice(4)) as string[]).find((part) => part.endsWith('.js')) ?? '';
    expect(existsSync(join(ROOT, program.replace('/dist/', '/src/').replace(/\.js$/, '.ts')))).toBe(true);
  });

  it('keeps what is built or private out of the context', () => {
    const ignored = text('docker/Dockerfile.dockerignore').split('\n');
    expect(ignored).toEqual(
      expect.arrayContaining(['.git', '.clawtank', '**/node_modules', '**/dist', '**/.next']),
    );
  });

  it('uses the Node that the product asks for', () => {
    const images = stages().flatMap(({ base }) => /^node:(\d+\.\d+)-/.exec(base)?.[1] ?? []);
    expect([...new Set(images)]).toEqual(['20.20']);
  });
});

function sourcesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path.includes('/src/') && !/node_modules|\/dist\/|\.next|\.spec\.ts$/.test(path));
}

describe('compose.yaml', () => {
  const built = services.filter(([, { build }]) => build);

  it.each(built)('%s is built from a stage that exists', (_name, { build }) => {
    expect(existsSync(join(ROOT, 'docker', build?.context ?? '-', build?.dockerfile ?? '-'))).toBe(true);
    expect(stages().map(({ name }) => name)).toContain(build?.target);
  });

  it.each(services)('%s mounts files that exist and volumes that are declared', (_name, { volumes = [] }) => {
    for (const source of volumes.map((volume) => volume.split(':')[0] ?? '')) {
      const isFile = source.startsWith('.');
      expect(isFile ? existsSync(join(ROOT, 'docker', source)) : source in compose.volumes).toBe(true);
    }
  });

  it.each(services)('%s waits only for services that can tell their health', (_name, { depends_on = {} }) => {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      const { build, healthcheck } = compose.services[other] ?? {};
      expect({ other, condition, healthy: Boolean(build ?? healthcheck) }).toMatchObject({
        condition: 'service_healthy',
        healthy: true,
      });
    }
  });

  it('gives the repositories to every process that may work on them', () => {
    const processes = built.filter(([, { environment }]) => environment && 'DATABASE_URL' in environment);
    expect(processes.length).toBeGreaterThan(3);
    for (const [name, { build, volumes = [] }] of processes) {
      const root = stepsOf(build?.target ?? '').find((step) => step.startsWith('ENV GIT_ROOT='));
      expect({ name, root, volumes }).toEqual({
        name,
        root: 'ENV GIT_ROOT=/data/git',
        volumes: ['git:/data/git'],
      });
    }
  });

  it('sets only variables that the code reads', () => {
    const code = ['libs', 'apps']
      .flatMap(sourcesOf)
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const names = new Set(built.flatMap(([, { environment = {} }]) => Object.keys(environment)));
    expect([...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
  });

  it('is fronted by a proxy that knows each process by name', () => {
    const upstreams = [...text('docker/nginx.conf').matchAll(/^ {4}server ([a-z0-9-]+):\d+;$/gm)].map(
      ([, name]) => name,
    );
    const behind = built.map(([name]) => name);
    expect(upstreams.sort()).toEqual(behind.sort());
  });
});
