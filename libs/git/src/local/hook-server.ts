import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Failure, newId, type Verdict } from '@clawtank/kernel';
import type { RefUpdate } from '../domain/push-policy.js';
import { isSha, isZeroSha, TAGS } from '../domain/ref-names.js';

/** Judges a push at the moment its objects have arrived: one verdict per update, in their order. */
export type DecidePush = (pushId: string, updates: readonly RefUpdate[]) => Promise<readonly Verdict[]>;

/** What the hook of one push needs to know, as environment of the process that runs it. */
export interface ExpectedPush {
  readonly pushId: string;
  readonly environment: Readonly<Record<string, string>>;
  /** After it the push's secret is worth nothing. */
  readonly forget: () => void;
}

/** Unix socket paths end at 104 bytes on macOS and 108 on Linux, the final zero included. */
const MAX_SOCKET_PATH = 100;
const MAX_QUESTION_BYTES = 4 * 1024 * 1024;
const ANSWER_WITHIN_MS = 60_000;

/** The server's end of the `pre-receive` hook. */
export class HookServer {
  private readonly server: Server;
  private readonly pushes = new Map<string, { readonly secret: Buffer; readonly decide: DecidePush }>();
  private readonly sockets = new Set<Socket>();
  private readonly cleanUp: string;
  readonly socketPath: string;

  private constructor(socketPath: string, cleanUp: string) {
    this.socketPath = socketPath;
    this.cleanUp = cleanUp;
    this.server = createServer({ allowHalfOpen: true }, (socket) => this.serve(socket));
  }

  /** Listens on a socket below `dataFolder`, or in a private temporary folder when that path would be too long. */
  static async listen(dataFolder: string): Promise<HookServer> {
    const name = `hook-${randomBytes(6).toString('hex')}.sock`;
    const wanted = join(dataFolder, 'run', name);
    const fits = Buffer.byteLength(wanted) <= MAX_SOCKET_PATH;
    const path = fits ? wanted : join(await mkdtemp(join(tmpdir(), 'clawtank-')), name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await removeDeadSockets(dirname(path));
    const hooks = new HookServer(path, fits ? path : dirname(path));
    await new Promise<void>((resolve, reject) => {
      hooks.server.once('error', reject);
      hooks.server.listen(path, resolve);
    });
    await chmod(path, 0o600);
    return hooks;
  }

  /** Announces one push; `decide` answers for it until `forget`. */
  expect(decide: DecidePush): ExpectedPush {
    const pushId = newId();
    const secret = randomBytes(32);
    this.pushes.set(pushId, { secret, decide });
    return {
      pushId,
      environment: {
        CLAWTANK_HOOK_SOCKET: this.socketPath,
        CLAWTANK_PUSH_ID: pushId,
        CLAWTANK_PUSH_SECRET: secret.toString('hex'),
      },
      forget: () => this.pushes.delete(pushId),
    };
  }

  /** Stops listening and removes the socket; hooks that still wait are refused. */
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    await rm(this.cleanUp, { recursive: true, force: true });
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy());
    let question = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      question += text;
      if (question.length > MAX_QUESTION_BYTES) socket.destroy();
      else if (question.endsWith('\n')) {
        socket.pause();
        void this.answer(question).then((answer) => socket.end(JSON.stringify(answer)));
      }
    });
  }

  private async answer(text: string): Promise<{ allowed: boolean; reasons: readonly string[] }> {
    const question = parseQuestion(text);
    const push = question && this.pushes.get(question.pushId);
    if (!question || !push || !sameSecret(push.secret, question.secret)) {
      return { allowed: false, reasons: ['FORBIDDEN This push is unknown to the server.'] };
    }
    try {
      const verdicts = await push.decide(question.pushId, question.updates);
      const denied = verdicts.flatMap((verdict) => (verdict.allowed ? [] : [sentence(verdict.because)]));
      const judged = verdicts.length === question.updates.length;
      return { allowed: judged && denied.length === 0, reasons: [...new Set(denied)] };
    } catch {
      return { allowed: false, reasons: ["UNAVAILABLE The server can't judge this push now; try again."] };
    }
  }
}

/** A server that was killed leaves its socket behind; nobody answers at it. */
/** A process that starts at the same moment has a socket that does not answer yet: only older ones may be dead. */
const MAY_BE_STARTING_MS = 60_000;

async function removeDeadSockets(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!/^hook-[0-9a-f]+\.sock$/.test(name) || !(await isOld(path))) continue;
    if (!(await answers(path))) await rm(path, { force: true });
  }
}

/** False also for one that is gone by now. */
const isOld = (path: string): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > MAY_BE_STARTING_MS,
    () => false,
  );

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const tell = (alive: boolean) => (): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.once('connect', tell(true)).once('error', tell(false));
  });

/** Control characters would let a message draw on the pusher's terminal. */
const sentence = (failure: Failure): string =>
  `${failure.code} ${failure.message}`.replace(/\p{Cc}+/gu, ' ').slice(0, 500);

function sameSecret(expected: Buffer, given: string): boolean {
  const bytes = Buffer.from(given, 'hex');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

interface Question {
  readonly pushId: string;
  readonly secret: string;
  readonly updates: readonly RefUpdate[];
}

function parseQuestion(text: string): Question | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('push_id' in value) || !('secret' in value) || !('updates' in value)) return undefined;
  const { push_id: pushId, secret, updates } = value;
  if (typeof pushId !== 'string' || typeof secret !== 'string' || !Array.isArray(updates)) return undefined;
  const parsed = updates.map((update: unknown) => parseUpdate(update));
  return parsed.every((update) => update !== undefined) ? { pushId, secret, updates: parsed } : undefined;
}

function parseUpdate(value: unknown): RefUpdate | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('ref' in value) || !('old' in value) || !('new' in value) || !('forced' in value)) return undefined;
  const { ref, old, new: next, forced } = value;
  if (typeof ref !== 'string' || typeof old !== 'string' || typeof next !== 'string') return undefined;
  if (!isSha(old) || !isSha(next) || typeof forced !== 'boolean') return undefined;
  return { ref, old, new: next, forced, deletes: isZeroSha(next), isTag: ref.startsWith(TAGS) };
}
