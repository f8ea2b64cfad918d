import { Failure } from '@clawtank/kernel';
import { RequestError } from '@octokit/request-error';
import { fail } from '../../domain/failures.js';

const HOST = 'GitHub';

interface Scene {
  readonly repository: string;
  readonly isApp: boolean;
}

/** When GitHub will take requests again, if this answer says that it takes none now. */
export function limitEnd(
  status: number,
  headers: Readonly<Record<string, string | number | undefined>>,
  now: number,
): Date | undefined {
  const wait = Number(headers['retry-after']);
  if ((status === 403 || status === 429) && Number.isFinite(wait) && wait > 0)
    return new Date(now + wait * 1_000);
  if (headers['x-ratelimit-remaining'] === undefined || Number(headers['x-ratelimit-remaining']) > 0)
    return undefined;
  const reset = Number(headers['x-ratelimit-reset']) * 1_000;
  if (!Number.isFinite(reset) || reset === 0) return undefined;
  // Counted on GitHub's clock, waited for on ours.
  const theirs = Date.parse(String(headers['date'] ?? ''));
  return new Date(now + Math.max(1_000, reset - (Number.isFinite(theirs) ? theirs : now)));
}

/** `contents: write` out of `contents=write; contents=read,pull_requests=write`. */
function permissionIn(header: string | number | undefined): string {
  const first = String(header ?? '')
    .split(/[;,]/)[0]
    ?.split('=');
  return first?.[0] ? `${first[0].trim()}: ${first[1] ?? 'read'}` : 'the permission for this';
}

/** What Octokit threw, as something that people can act on. */
export function githubFailure(error: unknown, { repository, isApp }: Scene): Error {
  if (error instanceof Failure) return error;
  if (!(error instanceof RequestError)) return unreachable(error);
  const { status, response } = error;
  const message = messageOf(response?.data) ?? error.message;
  if (status === 401) return fail('host.token_refused', { host: HOST, repository });
  if (status === 403 && /not accessible by|must have admin|forbidden/i.test(message)) {
    const who = isApp ? 'The App' : 'The token';
    const permission = permissionIn(response?.headers['x-accepted-github-permissions']);
    return fail('host.lacks_permission', { who, permission, repository });
  }
  if (status === 404) return fail('host.not_connected', { host: HOST, repository });
  if (status >= 500) return fail('host.unavailable', { host: HOST, why: `it answered ${String(status)}` });
  return fail('host.refused', { host: HOST, message });
}

function unreachable(error: unknown): Error {
  const why =
    error instanceof Error && error.name === 'TimeoutError' ? 'it took too long' : 'the connection failed';
  return fail('host.unavailable', { host: HOST, why });
}

/** GitHub's own words, the details of a failed validation included. */
function messageOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('message' in data) || typeof data.message !== 'string')
    return undefined;
  const errors: readonly unknown[] = 'errors' in data && Array.isArray(data.errors) ? data.errors : [];
  const details = errors.flatMap((one): string[] => {
    if (typeof one === 'string') return [one];
    return typeof one === 'object' && one !== null && 'message' in one ? [String(one.message)] : [];
  });
  return [data.message, ...details].join(' ').slice(0, 500);
}
