/** What the all-in-one server's launcher of PostgreSQL gives. */
interface Embedded {
  readonly url: string;
  readonly adminUrl: string;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Launcher {
  readonly startEmbeddedPostgres: (options: {
    dataDir: string;
    log: (line: string) => void;
  }) => Promise<Embedded>;
}

const LAUNCHER = new URL('../../apps/server/dist/embedded/index.js', import.meta.url).href;

export interface OwnPostgres {
  readonly url: string;
  readonly pid: number;
  /** Ends it as a power cut would; its launcher brings it back at the same port. */
  kill(): void;
  stop(): Promise<void>;
}

/** A PostgreSQL of one's own, as the all-in-one server has it: it ends with this process. */
export async function startPostgres(dataDir: string, log: (line: string) => void): Promise<OwnPostgres> {
  const { startEmbeddedPostgres } = (await import(LAUNCHER)) as Launcher;
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  return {
    url: postgres.url,
    get pid() {
      return postgres.pid;
    },
    kill: () => process.kill(postgres.pid, 'SIGKILL'),
    stop: () => postgres.stop(),
  };
}
