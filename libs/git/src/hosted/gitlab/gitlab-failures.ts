import { Failure } from '@clawtank/kernel';
import { fail } from '../../domain/failures.js';

const HOST = 'GitLab';

/** An answer that is not the one asked for. */
export class GitlabRefusal extends Error {
  readonly status: number;
  readonly text: string;

  constructor(status: number, body: unknown) {
    const text = wordsOf(body);
    super(`${String(status)} ${text}`);
    this.name = 'GitlabRefusal';
    this.status = status;
    this.text = text;
  }
}

/** What GitLab said, from one of the three forms in which it says it. */
function wordsOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return String(body).slice(0, 300);
  const said = 'message' in body ? body.message : 'error' in body ? body.error : '';
  return (typeof said === 'string' ? said : JSON.stringify(said)).slice(0, 300);
}

/** What a call threw, as something that people can act on. */
export function gitlabFailure(error: unknown, repository: string): Error {
  if (error instanceof Failure) return error;
  if (!(error instanceof GitlabRefusal)) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    return fail('host.unavailable', { host: HOST, why: slow ? 'it took too long' : 'the connection failed' });
  }
  const { status, text } = error;
  if (status === 401) return fail('host.token_refused', { host: HOST, repository });
  if (status === 403) {
    const permission = /scope/.test(text) ? 'api' : 'the role Maintainer';
    return fail('host.lacks_permission', { who: 'The GitLab token', permission, repository });
  }
  if (status === 404) return fail('host.not_connected', { host: HOST, repository });
  if (status >= 500) return fail('host.unavailable', { host: HOST, why: `it answered ${String(status)}` });
  return fail('host.refused', { host: HOST, message: text });
}
