import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { appendFile, rename } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.js';
import { giveTo } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { Home } from './home.js';
import type { Native } from './native.js';
import { CHILD_ENV } from './native.js';
import { isReady, namedPostmaster } from './postmaster-pid.js';

/**
 * A shell that starts PostgreSQL and then waits for its own standard input to end. Only this process holds
 * the other end, so however it goes, `kill -9` included, the pipe closes and PostgreSQL is shut down.
 * Arguments: $1 postgres, $2 cluster, $3 log file, $4 port. SIGINT is a fast shutdown, SIGQUIT, 20 s later,
 * an immediate one. The log gets neither statements nor values of rows: they are people's words.
 */
const WATCHER = `
exec 3<&0
"$1" -D "$2" -p "$4" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
  -c password_encryption=scram-sha-256 -c timezone=UTC -c log_timezone=UTC -c log_checkpoints=off \
  -c log_error_verbosity=terse -c log_min_error_statement=panic \
  </dev/null >>"$3" 2>&1 3<&- &
postmaster=$!
(
  while read -r ignored; do :; done
  kill -INT "$postmaster"
  tries=0
  while [ "$tries" -lt 200 ] && kill -0 "$postmaster"; do sleep 0.1; tries=$((tries + 1)); done
  kill -QUIT "$postmaster"
) <&3 >/dev/null 2>&1 &
reader=$!
exec 3<&- </dev/null
wait "$postmaster"
status=$?
kill "$reader" 2>/dev/null
exit "$status"
`;

export interface Postmaster {
  readonly pid: number;
  /** Resolves when it is gone, for whatever reason. */
  readonly ended: Promise<void>;
  /** Shuts it down and resolves when no process of it is left. */
  stop(): Promise<void>;
}

/** Why one attempt to start failed, from PostgreSQL's own log. */
export class StartRefused extends EmbeddedPostgresError {
  constructor(readonly output: string) {
    super(`the embedded PostgreSQL did not start:\n${output.trim()}`);
  }
}

const LOG_LIMIT = 10 * 1024 * 1024;

async function prepareLog(home: Home, account: Account): Promise<string> {
  const log = join(home.dir, 'postgres.log');
  await appendFile(log, '', { mode: 0o600 });
  if (statSync(log).size > LOG_LIMIT) {
    await rename(log, `${log}.1`);
    await appendFile(log, '', { mode: 0o600 });
  }
  await giveTo(account, log);
  return log;
}

function readFrom(file: string, position: number): string {
  const length = Math.min(statSync(file).size - position, 16_384);
  if (length <= 0) return '';
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(length);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, length, position));
  } finally {
    closeSync(descriptor);
  }
}

/** The watcher must not keep this process alive: when it ends by itself, the database ends with it. */
function letGo(watcher: ChildProcess): void {
  watcher.unref();
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
}

/** @param before the process that the cluster named before this start: it may still be in the file */
async function untilReady(
  watcher: ChildProcess,
  cluster: string,
  before: number | undefined,
  refused: () => Error,
): Promise<number> {
  for (;;) {
    if (watcher.exitCode !== null || watcher.signalCode !== null) throw refused();
    const pid = namedPostmaster(cluster);
    if (pid !== undefined && pid !== before && isReady(cluster)) return pid;
    await delay(10);
  }
}

/**
 * Starts PostgreSQL on `home.cluster` at 127.0.0.1:`port` and waits until it takes connections.
 *
 * @throws StartRefused with what PostgreSQL logged.
 */
export async function startPostmaster(
  home: Home,
  native: Native,
  account: Account,
  port: number,
): Promise<Postmaster> {
  const log = await prepareLog(home, account);
  const logged = statSync(log).size;
  const before = namedPostmaster(home.cluster);
  const watcher = spawn(
    '/bin/sh',
    ['-c', WATCHER, 'clawtank-postgres', native.postgres, home.cluster, log, `${port}`],
    {
      ...account,
      cwd: '/',
      env: CHILD_ENV,
      // Its own session: Ctrl-C in the terminal reaches the server alone, which then stops the database.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  watcher.stdin.on('error', () => undefined);
  await once(watcher, 'spawn');
  const pid = await untilReady(watcher, home.cluster, before, () => new StartRefused(readFrom(log, logged)));
  const ended = once(watcher, 'exit').then(() => undefined);
  letGo(watcher);
  return {
    pid,
    ended,
    async stop() {
      watcher.ref();
      watcher.stdin.end();
      if (watcher.exitCode === null && watcher.signalCode === null) await ended;
    },
  };
}
