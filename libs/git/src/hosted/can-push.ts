import type { GitEntrance } from '../application/forge.js';
import { fail } from '../domain/failures.js';

const PATIENCE_MS = 10_000;

/** Whether git there would take a push from us: asked as git itself asks first, and nothing is sent. */
export async function canPush({ url, authorization }: GitEntrance, host: string): Promise<boolean> {
  let status: number;
  try {
    const answer = await fetch(`${url}/info/refs?service=git-receive-pack`, {
      headers: { authorization },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    status = answer.status;
    await answer.body?.cancel();
  } catch {
    throw fail('host.unavailable', { host, why: 'git got no answer' });
  }
  if (status >= 500) throw fail('host.unavailable', { host, why: `git was answered ${String(status)}` });
  return status < 400;
}
