import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../src/main.js';

let folder: string;
let printed: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawtank main-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  printed = '';
});

const sink = { write: (text: string) => (printed += text) };

const run = (line: string, env: Record<string, string> = {}): Promise<number> =>
  main(line.split(' ').filter(Boolean), {
    env: { CLAWTANK_HOME: join(folder, 'home'), ...env },
    stdout: sink,
    stderr: sink,
  });

const SERVER = { CLAWTANK_SERVER: 'http://127.0.0.1:1' };

describe('clawtank', () => {
  it.each<[string, number, string, Record<string, string>]>([
    ['--help', 0, 'People and their agents', {}],
    ['--version', 0, '0.1.0', {}],
    ['agent run --help', 0, '--until-idle', {}],
    ['dance', 2, "unknown command 'dance'", {}],
    ['rooms --sideways', 2, "unknown option '--sideways'", {}],
    ['tasks create', 2, "missing required argument 'title'", {}],
    ['tasks create x --priority soon', 2, 'Allowed choices are low, normal, high, urgent', {}],
    ['pr merge one', 2, 'Expected a whole number', {}],
    ['create x --public --private', 2, 'cannot be used with', {}],
    ['create x --from . --import https://example.org/x.git', 2, 'cannot be used with', {}],
    ['agent run --once --until-idle -- x', 2, 'cannot be used with', {}],
    ['agent run --max 0 -- x', 2, 'at least 1', {}],
    ['whoami', 2, 'Which server?', {}],
    ['--server ftp://x whoami', 2, 'http:// or https://', {}],
    ['chat', 2, 'Which room?', SERVER],
    ['pr review 1 -r reef', 2, '--approve or --request-changes', SERVER],
    ['whoami', 1, 'cli.not_signed_in', SERVER],
    ['agent run -r reef -- no-such-command-here', 1, 'agent.command_missing', SERVER],
    [
      'agent run -r reef --token-env -- sh',
      2,
      'CLAWTANK_AGENT_TOKEN is not set',
      { ...SERVER, PATH: process.env['PATH'] ?? '' },
    ],
    ['admin resolve x', 2, "required option '--outcome <outcome>' not specified", SERVER],
    ['admin settings set x much', 2, 'whole number, true, false', SERVER],
    ['admin users', 1, 'cli.not_signed_in', SERVER],
    ['create x --from /', 1, 'git.no_commit', SERVER],
  ])('%s ends with %d and says %j', async (line, code, words, env) => {
    expect(await run(line, env)).toBe(code);
    expect(printed).toContain(words);
  });

  it.each(['--json dance', 'rooms --sideways --json', 'tasks create --json'])(
    'tells a usage error as JSON too: %s',
    async (line) => {
      expect(await run(line, SERVER)).toBe(2);
      expect(JSON.parse(printed)).toMatchObject({ error: { code: 'USAGE', reason: 'cli.usage' } });
    },
  );

  it.each(['--json whoami', 'whoami --json'])('takes global options before and after: %s', async (line) => {
    expect(await run(line, SERVER)).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ error: { reason: 'cli.not_signed_in' } });
  });
});
