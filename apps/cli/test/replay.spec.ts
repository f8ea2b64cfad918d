import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../src/main.js';

let folder: string;
let out: string;
let err: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawtank replay-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  [out, err] = ['', ''];
});

const run = (args: string[], env: Record<string, string> = {}): Promise<number> =>
  main(args, {
    env: { CLAWTANK_HOME: join(folder, 'home'), CLAWTANK_SERVER: 'http://127.0.0.1:1', ...env },
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  });

const HEAD = { format: 'clawtank.log', version: 1, stream: 'room:r1', epoch: 'e' };
const event = (seq: number, type: string, data: object, at = '2026-01-01T00:00:00.000Z') => ({
  id: `i${String(seq)}`,
  stream: 'room:r1',
  seq,
  type,
  at,
  actor: { kind: 'human', id: 'a', name: 'Ada' },
  data,
});
const FRAMES = [
  { from: 1, to: 2, events: [event(1, 'task.created', { task_id: 't', key: 'T-1', title: 'Colour' })] },
  {
    from: 3,
    to: 3,
    events: [
      event(
        3,
        'git.conflict',
        { state: 'predicted', files: ['a.ts'], task_ids: ['t'], branches: [] },
        '2026-01-01T00:10:00.000Z',
      ),
    ],
  },
];
const aLog = async (...lines: (object | string)[]): Promise<string> => {
  const file = join(folder, 'room.jsonl');
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(file, `${text.join('\n')}\n`);
  return file;
};

describe('clawtank replay', () => {
  it('plays a log in the terminal, with names learnt from it', async () => {
    expect(await run(['replay', await aLog(HEAD, ...FRAMES), '--speed', '0'])).toBe(0);
    expect(out.trim().split('\n')).toEqual([
      expect.stringContaining('#1 Ada: T-1 Colour'),
      expect.stringContaining('#3 Ada: conflict predicted in a.ts (T-1)'),
    ]);
  });

  it('waits as long as it took, as many times faster as it is told, and never longer than allowed', async () => {
    const file = await aLog(HEAD, ...FRAMES);
    const took = async (...options: string[]): Promise<number> => {
      const before = performance.now();
      expect(await run(['replay', file, ...options])).toBe(0);
      return performance.now() - before;
    };
    expect(await took('--speed', '1500')).toBeGreaterThanOrEqual(395);
    expect(await took('--speed', '1', '--max-pause', '0.3')).toBeGreaterThanOrEqual(295);
  });

  it('prints the frames as JSON, at once', async () => {
    expect(await run(['replay', await aLog(HEAD, ...FRAMES), '--speed', '1', '--json'])).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual(FRAMES);
  });

  it.each<[string, (object | string)[], string]>([
    ['something else', ['# a file'], 'replay.not_a_log'],
    ['another version', [{ ...HEAD, version: 2 }], 'replay.version'],
    ['a log with a hole', [HEAD, FRAMES[1] ?? {}], 'replay.broken'],
    ['a log that is cut off', [HEAD, '{"from":1,"to'], 'replay.broken'],
  ])('says so of %s', async (_name, lines, reason) => {
    expect(await run(['replay', await aLog(...lines)])).toBe(1);
    expect(err).toContain(reason);
  });
});

it('clawtank export writes what the server sends, byte for byte, and replay reads it', async () => {
  const text = [HEAD, ...FRAMES].map((line) => `${JSON.stringify(line)}\n`).join('');
  const asked: (string | undefined)[] = [];
  const server = createServer((req, res) => {
    asked.push(req.url);
    res.write(text.slice(0, 50));
    res.end(text.slice(50));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const env = { CLAWTANK_SERVER: `http://127.0.0.1:${String(port)}` };
  expect(await run(['export', '-r', 'reef-abc123'], env)).toBe(0);
  server.close();
  expect(asked).toEqual(['/api/v1/rooms/reef-abc123/export']);
  expect(out).toBe(text);
});
