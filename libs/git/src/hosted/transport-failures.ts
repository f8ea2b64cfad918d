import type { Failure } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import type { GitOutput } from '../local/git-process.js';

/** What the talk is about, by the names that people know. */
export interface Place {
  readonly host: string;
  readonly repository: string;
}

/** Why git could not talk to a host, as something that people can act on. Its own text may hold addresses. */
export function transportFailure({ host, repository }: Place, stderr: string): Failure {
  if (/workflows? permission|without `workflows?` /i.test(stderr))
    return lacks(host, 'workflows: write', repository);
  if (/returned error: 403|Permission to .* denied|not allowed to push code\b(?!.*protected)/i.test(stderr))
    return lacks(host, 'contents: write', repository);
  if (/Authentication failed|could not read (Username|Password)|returned error: 401/i.test(stderr))
    return fail('host.token_refused', { host, repository });
  if (/not found|returned error: 404/i.test(stderr)) return fail('host.not_connected', { host, repository });
  const status = /returned error: (\d{3})/.exec(stderr)?.[1];
  return fail('host.unavailable', { host, why: status ? `it answered ${status}` : 'git got no answer' });
}

/** Why a push moved nothing. */
export function pushRefusal(place: Place, ref: string, output: GitOutput): Failure {
  const text = `${output.stdout.toString()}\n${output.stderr}`;
  const { host, repository } = place;
  if (/stale info|failed to lock|cannot lock ref|fetch first|incorrect old value/i.test(text))
    return fail('git.ref_moved', { ref });
  if (/GH006|GH013|protected branch/i.test(text)) return fail('host.protected', { host, ref, repository });
  if (/remote rejected|hook declined/i.test(text) && !/workflows? permission/i.test(text))
    return fail('host.refused', { host, message: reasonIn(output.stderr) });
  return transportFailure(place, text);
}

const lacks = (host: string, permission: string, repository: string): Failure =>
  fail('host.lacks_permission', { who: `The App or token for ${host}`, permission, repository });

/** The first line of what the host itself said. */
function reasonIn(stderr: string): string {
  const line = /^remote: (?:error: |GitLab: )?(.*\S)/m.exec(stderr)?.[1];
  return line?.slice(0, 300) ?? 'the push was declined';
}
