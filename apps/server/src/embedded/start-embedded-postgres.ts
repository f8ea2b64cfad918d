import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { accountFor, SELF } from './account.js';
import { provideCluster } from './cluster.js';
import { provideCredentials } from './credentials.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { lockFolder } from './folder-lock.js';
import type { Home } from './home.js';
import { expectedHome, provideHome, SHARED_ROOT } from './home.js';
import type { Native } from './native.js';
import { provideNative } from './native.js';
import { provision, urlsFor } from './provision.js';
import type { Premises } from './supervised-postmaster.js';
import { SupervisedPostmaster } from './supervised-postmaster.js';

export interface EmbeddedPostgresOptions {
  /** Kept between runs: passwords, and the database files or the path to them. Made if missing. */
  readonly dataDir: string;
  /** Gets one line for each thing that the person at the terminal should know. */
  readonly log: (line: string) => void;
  /** Called when PostgreSQL died and could not be brought back on its port. Default: one line to `log`. */
  readonly onLost?: (error: Error) => void;
}

export interface EmbeddedPostgres {
  /** Connection string of the role that owns the database `clawtank`. */
  readonly url: string;
  /** Connection string of the superuser, for tests and tools that make databases. */
  readonly adminUrl: string;
  /** Process number of the postmaster, which changes if PostgreSQL died and was started again. */
  readonly pid: number;
  /** Folder of the database files. */
  readonly home: string;
  /** Folder of the PostgreSQL programs in use. */
  readonly cacheDir: string;
  /** Shuts PostgreSQL down; resolves when none of its processes is left and the folder is free. */
  stop(): Promise<void>;
}

async function open(premises: Premises, dataDir: string): Promise<EmbeddedPostgres> {
  const { home, native, account } = premises;
  const lock = await lockFolder(join(home.dir, 'lock'));
  const postmaster = new SupervisedPostmaster(premises);
  const stop = async (): Promise<void> => {
    await postmaster.stop();
    await lock.release();
  };
  try {
    const credentials = await provideCredentials(dataDir);
    await provideCluster(home, native, account, credentials.superuser);
    await postmaster.start();
    const urls = urlsFor(postmaster.port, credentials);
    await provision(urls.adminUrl, credentials);
    return {
      ...urls,
      home: home.dir,
      cacheDir: native.dir,
      stop,
      get pid() {
        return postmaster.pid;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function refuseWindows(): void {
  if (process.platform !== 'win32') return;
  throw new EmbeddedPostgresError(
    'the embedded PostgreSQL is not supported on Windows: use WSL, or set DATABASE_URL to a PostgreSQL of your own',
  );
}

const cacheRootFor = (home: Home, isSelf: boolean): string => (isSelf ? home.dir : SHARED_ROOT);

/**
 * Starts the PostgreSQL that comes with the installation on the files of `dataDir`, with database and role
 * `clawtank` in place, at a free port of 127.0.0.1 with password authentication.
 *
 * It ends with this process, however that ends. A second start on the same folder while the first lives is
 * refused; one after `kill -9` of either takes over. Under root PostgreSQL runs as an unprivileged account,
 * and where that account cannot enter `dataDir` the files lie in `/var/lib/clawtank/<id>`, which is logged
 * and kept in `dataDir/postgres-location`.
 *
 * @throws EmbeddedPostgresError with a message for the person who started the server.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  refuseWindows();
  const { log } = options;
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const account = accountFor((await expectedHome(dataDir)).cluster);
  const home = await provideHome(dataDir, account);
  if (home.elsewhere) {
    log(
      `the database files are in ${home.dir}, because PostgreSQL does not run as root and cannot enter ${dataDir}`,
    );
  }
  const native: Native = await provideNative(account, cacheRootFor(home, account === SELF));
  const onLost =
    options.onLost ?? ((error: Error): void => log(`the embedded PostgreSQL is lost: ${error.message}`));
  return open({ home, native, account, log, onLost }, dataDir);
}
