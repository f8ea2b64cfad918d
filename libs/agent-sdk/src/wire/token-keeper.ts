import { ClawTankError } from '../errors.js';
import type { TokenProvider } from '../tokens/token-provider.js';
import { sleep } from './wait.js';

const RETRY_MS = 2_000;
const SOONEST_MS = 1_000;

interface Keeping {
  readonly tokens: TokenProvider;
  readonly renew: (token: string) => Promise<unknown>;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<unknown>;
  readonly signal: AbortSignal;
}

/**
 * Renews a connection's token ahead of its end, until the connection ends.
 * @throws ClawTankError when no token is to be had any more
 */
export async function keepTokenFresh(keeping: Keeping): Promise<void> {
  let { renewAt } = await keeping.tokens.access(keeping);
  for (;;) {
    if (renewAt === Number.POSITIVE_INFINITY) return void (await keeping.ended);
    const due = await outlives(keeping, Math.max(SOONEST_MS, renewAt - Date.now()));
    if (!due) return;
    renewAt = await renewOnce(keeping);
  }
}

/** When the next renewal is due. A server that is away for a moment must not cost the connection. */
async function renewOnce({ tokens, renew, signal }: Keeping): Promise<number> {
  try {
    const next = await tokens.access({ signal });
    await renew(next.token);
    return next.renewAt;
  } catch (error) {
    if (error instanceof ClawTankError && error.isTransient) return Date.now() + RETRY_MS;
    throw error;
  }
}

/** True when the connection is still there after this time. */
async function outlives({ ended }: Keeping, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const due = sleep(ms, timer.signal).then(
    () => true,
    () => false,
  );
  const alive = await Promise.race([due, ended.then(() => false)]);
  timer.abort();
  return alive;
}
