import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, MemberEvent, RoomSnapshot, RoomView, TaskWhyView } from '@clawtank/contracts';
import { Terminal } from '../demo/src/cli.js';
import { type Person, register, signIn } from '../demo/src/people.js';
import { type RunningServer, startServer } from '../demo/src/server-process.js';
import { waitFor } from '../demo/src/wait.js';

const LIMIT_MS = 180_000;

/** Says how it was begun, what it used, and works until it is ended; a new instruction ends it in the right way. */
const COMMAND = `
  const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
  const prompt = readFileSync(0, 'utf8');
  const told = /## New instruction\\n\\n(.*)/.exec(prompt)?.[1] ?? 'none';
  appendFileSync(process.env.SEEN, 'begun: ' + told + '\\n');
  console.log('CLAWTANK_USAGE tokens=1200 cost_cents=3');
  process.on('SIGTERM', () => { appendFileSync(process.env.SEEN, 'ended\\n'); process.exit(1); });
  if (told === 'none') setInterval(() => {}, 1000);
  else writeFileSync('done.txt', told + '\\n');
`;

let folder: string;
let server: RunningServer;
let mira: Person;
let host: Terminal;
let owner: Terminal;
let room: RoomView;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawtank steering '));
  // The database's own user has to pass through it.
  await chmod(folder, 0o711);
  server = await startServer(join(folder, 'server'));
  mira = await register(server.url, 'mira', 'mira');
  const jonas = await register(server.url, 'jonas', 'jonas');
  host = new Terminal(join(folder, 'host'), server.url);
  owner = new Terminal(join(folder, 'owner'), server.url);
  await signIn(host, mira);
  await signIn(owner, jonas);
  ({ room } = await host.clawtank<{ room: RoomView }>(['create', 'Reef']));
  await mira.rest.post(`/rooms/${room.id}/members`, { user_id: jonas.id, role: 'member' });
  const work = [process.execPath, '-e', COMMAND];
  owner.startAgent('pincer', room.slug, work, { SEEN: join(folder, 'seen.txt') });
}, LIMIT_MS);
afterAll(async () => {
  await owner?.stopAgents();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const seen = async (): Promise<string[]> =>
  (await readFile(join(folder, 'seen.txt'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
const snapshot = (): Promise<RoomSnapshot> => mira.rest.get<RoomSnapshot>(`/rooms/${room.slug}`);
const makeTask = (title: string) => mira.rest.post(`/rooms/${room.id}/tasks`, { title });
const steer = (who: Terminal, ...words: string[]) => who.clawtank(['agent', ...words, '--room', room.slug]);

/** The events of the room so far, each as its type and what is told of it. */
async function log(): Promise<string[]> {
  const { events } = await mira.rest.get<Frame<MemberEvent>>(`/rooms/${room.id}/events?after=0&limit=1000`);
  return events.map(({ type, data }) => `${type} ${JSON.stringify(data)}`);
}
const place = (lines: readonly string[], words: RegExp): number =>
  lines.findIndex((line) => words.test(line));

it(
  'is steered by its owner and by the host while its command runs',
  async () => {
    await waitFor('the agent', async () => (await snapshot()).agents.find(({ connected }) => connected));

    await steer(host, 'pause', 'pincer');
    await makeTask('Write it down');
    const why = await host.clawtank<TaskWhyView>(['why', 'T-1', '--room', room.slug]);
    expect(why.agents).toMatchObject([{ hindrances: [{ code: 'paused' }] }]);
    expect(await seen()).toEqual([]);
    await steer(owner, 'resume', 'pincer');
    await waitFor('the command', async () => ((await seen()).length > 0 ? true : undefined));
    const begun = await log();
    expect(place(begun, /^agent.paused .*true/)).toBeLessThan(place(begun, /^task.created/));
    expect(place(begun, /^agent.paused .*false/)).toBeLessThan(place(begun, /"change":"claimed"/));

    await steer(owner, 'redirect', 'pincer', 'Say hello instead');
    await waitFor('the pull request', async () => (await snapshot()).pull_requests[0]);
    expect(await seen()).toEqual(['begun: none', 'ended', 'begun: Say hello instead']);
    expect(place(await log(), /"reported_usage":{"tokens":1200,"cost_cents":3}/)).toBeGreaterThan(0);

    await host.clawtank(['pr', 'review', '1', '--approve', '--room', room.slug]);
    await host.clawtank(['pr', 'merge', '1', '--room', room.slug]);
    await makeTask('Never ends');
    await waitFor('the second command', async () => ((await seen()).length > 3 ? true : undefined));
    await steer(host, 'disconnect', 'pincer');
    await waitFor('its end', async () => ((await seen()).length > 4 ? true : undefined));
    expect((await seen()).slice(3)).toEqual(['begun: none', 'ended']);
    expect(place(await log(), /^agent.left .*"disconnected"/)).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
