import { execFile } from 'node:child_process';
import { access, chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { insist, type Session } from '../src/session.js';
import { Stage } from './stage.js';

const run = promisify(execFile);
const LIMIT_MS = 120_000;
const API = 'api-1';

/**
 * Stands in front of git on the PATH of the node. Once `armed` is there it lets git move a ref and then ends
 * the node that asked for it, as a power cut would: the parent of the small process that starts git.
 */
const GIT_THAT_KILLS = (folder: string, git: string): string => `#!/bin/sh
case "$*" in
  *update-ref*merge*--stdin) ;;
  *) exec ${git} "$@" ;;
esac
${git} "$@"
code=$?
if [ -e '${folder}/armed' ]; then
  rm '${folder}/armed'
  kill -9 $(ps -o ppid= -p $PPID) $PPID
fi
exit $code
`;

interface Claimed {
  readonly fence: number;
  readonly branch: string;
  readonly git_credential: { readonly url: string; readonly username: string; readonly password: string };
}

let stage: Stage;
let mira: Session;
let jonas: Session;
let roomId: string;
let taskId: string;
let claimed: Claimed;
let clone: string;

beforeAll(async () => {
  const { stdout } = await run('sh', ['-c', 'command -v git']);
  stage = await Stage.open({
    nodesOfAKind: 1,
    env: (folder) => ({ PATH: `${folder}/bin:${process.env['PATH'] ?? ''}` }),
  });
  // The node finds git when it first needs it; until then this is in its place.
  await mkdir(join(stage.folder, 'bin'), { recursive: true });
  const wrapper = join(stage.folder, 'bin/git');
  await writeFile(wrapper, GIT_THAT_KILLS(stage.folder, stdout.trim()));
  await chmod(wrapper, 0o755);
  mira = await stage.person('mira');
  jonas = await stage.person('jonas');
}, LIMIT_MS);
afterAll(() => stage.close());

const api = (path: string): string => `${stage.cluster.url}/api/v1${path}`;

async function post<T>(session: Session, path: string, body: object = {}): Promise<T> {
  return insist<T>(api(path), { token: await session.access(), body });
}

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const identity = ['-c', 'user.name=Jonas', '-c', 'user.email=jonas@example.org'];
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
  return (await run('git', [...identity, ...args], { cwd, env })).stdout.trim();
}

const eventsOf = (type: string) =>
  stage.rows<{ data: Record<string, unknown> }>(
    'SELECT data FROM stream_events WHERE stream = $1 AND type = $2 ORDER BY seq',
    [`room:${roomId}`, type],
  );

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (const limit = Date.now() + 60_000; !(await condition()); await delay(50)) {
    if (Date.now() > limit) throw new Error(`never: ${what}`);
  }
}

const isDead = (): Promise<boolean> => Promise.resolve(stage.node(API).url === undefined);

/** The node comes back, and looks twice at everything that it finds unfinished. */
async function restart(): Promise<void> {
  await stage.node(API).start();
}

/** A room with a repository, a task that Jonas holds, and his clone with one commit that nobody has yet. */
beforeEach(async () => {
  const { room } = await post<{ room: { id: string } }>(mira, '/rooms', {
    name: 'Git',
    visibility: 'private',
  });
  roomId = room.id;
  await post(mira, `/rooms/${roomId}/members`, { user_id: jonas.userId, role: 'member' });
  await until('set up', async () => (await eventsOf('git.branch')).length > 0);
  const { task } = await post<{ task: { id: string } }>(mira, `/rooms/${roomId}/tasks`, { title: 'Survive' });
  taskId = task.id;
  claimed = await post<Claimed>(jonas, `/tasks/${taskId}/claim`);
  await post(jonas, `/tasks/${taskId}/start`, { fence: claimed.fence });
  const { url, username, password } = claimed.git_credential;
  const remote = new URL(url, stage.cluster.url);
  remote.username = username;
  remote.password = password;
  clone = join(stage.folder, `clone-${roomId}`);
  await git(stage.folder, 'clone', '-q', remote.toString(), clone);
  await git(clone, 'switch', '-q', '-c', claimed.branch);
  await writeFile(join(clone, 'survived.txt'), 'yes\n');
  await git(clone, 'add', '.');
  await git(clone, 'commit', '-q', '-m', 'Survive');
}, LIMIT_MS);

const push = () => git(clone, 'push', '-q', 'origin', claimed.branch);

describe('a node that is killed after a ref has moved and before that is recorded', () => {
  it(
    'a push: its events appear after the restart, once, as those of the pusher',
    async () => {
      const hooks = join(stage.folder, 'git/hooks');
      const [own] = (await readdir(hooks)).filter((name) => !name.startsWith('.'));
      const hook = join(hooks, own ?? '', 'post-receive');
      // Git runs this once the refs have moved.
      await writeFile(hook, `#!/bin/sh\nkill -9 ${stage.node(API).pid ?? ''}\n`);
      await chmod(hook, 0o755);
      await expect(push()).rejects.toThrow();
      await until('killed', isDead);
      await rm(hook);
      const head = await git(clone, 'rev-parse', 'HEAD');
      expect(await eventsOf('git.commit')).toEqual([]);

      await restart();
      await until('recorded', async () => (await eventsOf('git.commit')).length > 0);
      // The same push again changes nothing: the branch is there.
      await push();
      await stage.node(API).kill();
      await restart();
      await push();
      expect((await eventsOf('git.commit')).map(({ data }) => data)).toMatchObject([
        { sha: head, branch: claimed.branch, task_id: taskId },
      ]);
      const moves = (await eventsOf('git.branch')).filter(({ data }) => data['branch'] === claimed.branch);
      expect(moves.map(({ data }) => data)).toMatchObject([{ action: 'created', sha: head }]);
      const [{ actor } = { actor: {} }] = await stage.rows<{ actor: object }>(
        `SELECT actor FROM stream_events WHERE stream = $1 AND type = 'git.commit'`,
        [`room:${roomId}`],
      );
      expect(actor).toMatchObject({ kind: 'human', id: jonas.userId });
    },
    LIMIT_MS,
  );

  it(
    'a merge: it is finished after the restart, once',
    async () => {
      await push();
      const { number } = await post<{ number: number }>(jonas, `/rooms/${roomId}/pull-requests`, {
        task_id: taskId,
        fence: claimed.fence,
        title: 'Survive',
      });
      await post(mira, `/rooms/${roomId}/pull-requests/${number}/reviews`, { verdict: 'approve' });
      await writeFile(join(stage.folder, 'armed'), '');
      const merge = fetch(api(`/rooms/${roomId}/pull-requests/${number}/merge`), {
        method: 'POST',
        headers: { authorization: `Bearer ${await mira.access()}`, 'content-type': 'application/json' },
        body: '{}',
      }).then(
        ({ status }) => status,
        () => 502,
      );
      await until('killed', isDead);
      expect(await merge).toBeGreaterThanOrEqual(500);
      await expect(access(join(stage.folder, 'armed'))).rejects.toThrow();
      const merged = async () =>
        (await eventsOf('git.pull_request')).filter(({ data }) => data['action'] === 'merged');
      expect(await merged()).toEqual([]);

      await restart();
      await until('finished', async () => (await merged()).length > 0);
      await stage.node(API).kill();
      await restart();
      expect(await merged()).toHaveLength(1);
      const [task] = await stage.rows<{ status: string }>('SELECT status FROM tasks WHERE id = $1', [taskId]);
      expect(task?.status).toBe('complete');
      // The claim has ended with its task, and its credential with it.
      const main = new URL(claimed.git_credential.url, stage.cluster.url);
      main.username = 'mira';
      main.password = await mira.access();
      await git(clone, 'fetch', '-q', main.toString(), 'main');
      expect(await git(clone, 'show', 'FETCH_HEAD:survived.txt')).toBe('yes');
      expect(await git(clone, 'rev-list', '--merges', '--count', 'FETCH_HEAD')).toBe('1');
    },
    LIMIT_MS,
  );
});
