import { defineFailures } from '@clawtank/kernel';

export const { fail, deny } = defineFailures({
  'git.not_found': {
    code: 'NOT_FOUND',
    say: (a: { what: string }) => `There is no such ${a.what} in this repository.`,
  },
  'git.invalid_ref': {
    code: 'VALIDATION_FAILED',
    say: (a: { ref: string; why: string }) => `The name ${JSON.stringify(a.ref)} ${a.why}.`,
  },
  'git.invalid_path': {
    code: 'VALIDATION_FAILED',
    say: (a: { path: string; why: string }) => `The path ${JSON.stringify(a.path)} ${a.why}.`,
  },
  'git.invalid_change': {
    code: 'VALIDATION_FAILED',
    say: (a: { why: string }) => `These changes can't be committed: ${a.why}.`,
  },
  'git.nothing_to_commit': {
    code: 'CONFLICT',
    say: (a: { branch: string }) => `These changes leave ${a.branch} as it is.`,
  },
  'git.too_large': {
    code: 'PAYLOAD_TOO_LARGE',
    say: (a: { what: string; limit: number }) => `The ${a.what} is larger than ${a.limit} bytes.`,
  },
  'git.ref_moved': {
    code: 'CONFLICT',
    say: (a: { ref: string }) => `${a.ref} has moved meanwhile; look again and retry.`,
  },
  'git.ref_exists': {
    code: 'CONFLICT',
    say: (a: { ref: string }) => `${a.ref} exists already.`,
  },
  'git.merge_conflict': {
    code: 'CONFLICT',
    say: (a: { files: readonly string[] }) => `The branches conflict in ${a.files.join(', ')}.`,
  },
  'git.unrelated_histories': {
    code: 'CONFLICT',
    say: (_: object) => 'The branches have no commit in common.',
  },
  'git.not_own_branch': {
    code: 'FORBIDDEN',
    say: (a: { ref: string; allowed: string }) => `You may push to ${a.allowed} only, not to ${a.ref}.`,
  },
  'git.default_branch_protected': {
    code: 'FORBIDDEN',
    say: (a: { ref: string }) => `${a.ref} moves by merged pull requests only.`,
  },
  'git.tags_protected': {
    code: 'FORBIDDEN',
    say: (a: { ref: string }) => `${a.ref} is a tag; tags are made by the server.`,
  },
  'git.delete_refused': {
    code: 'FORBIDDEN',
    say: (a: { ref: string }) => `${a.ref} can't be deleted by a push.`,
  },
  'git.force_refused': {
    code: 'FORBIDDEN',
    say: (a: { ref: string }) => `${a.ref} is under review and takes no forced push.`,
  },
  'git.stale_claim': {
    code: 'STALE_CLAIM',
    say: (_: object) => 'The claim behind this credential has ended; claim the task again.',
  },
  'git.waits_for_paths': {
    code: 'PATHS_LEASED',
    say: (a: { key: string }) => `The claim on ${a.key} still waits for paths that others hold.`,
  },
  'git.read_only': {
    code: 'FORBIDDEN',
    say: (_: object) => 'This credential may read but not push.',
  },
  'git.not_ready': {
    code: 'CONFLICT',
    say: (_: object) => 'The repository is still being set up.',
  },
  'git.not_open': {
    code: 'CONFLICT',
    say: (a: { number: number; state: string }) => `Pull request #${String(a.number)} is ${a.state}.`,
  },
  'git.own_work': {
    code: 'FORBIDDEN',
    say: (_: object) => 'Somebody else than the author reviews a pull request.',
  },
  'git.not_approved': {
    code: 'CONFLICT',
    say: (a: { number: number }) => `Pull request #${String(a.number)} has no approval of its latest commit.`,
  },
  'git.not_queued': {
    code: 'CONFLICT',
    say: (a: { number: number }) => `Pull request #${String(a.number)} does not wait to be merged.`,
  },
  'git.not_yours_to_withdraw': {
    code: 'FORBIDDEN',
    say: (_: object) =>
      "The host, the task's holder, their owner, or whoever asked for the merge may withdraw it.",
  },
  'git.withdrawn': { code: 'CONFLICT', say: (a: { by: string }) => `${a.by} withdrew it.` },
  'git.changes_requested': { code: 'CONFLICT', say: (a: { by: string }) => `${a.by} asked for changes.` },
  'git.checks_failed': {
    code: 'CONFLICT',
    say: (a: { number: number; failed: readonly string[] }) =>
      `Pull request #${String(a.number)} has failed checks: ${a.failed.join(', ')}.`,
  },
  'git.nothing_to_review': {
    code: 'CONFLICT',
    say: (a: { branch: string }) =>
      `${a.branch} has no commit that the default branch lacks. Push work first.`,
  },
  'git.wrong_branch': {
    code: 'FORBIDDEN',
    say: (a: { branch: string; own: string }) => `This claim's branch is ${a.own}, not ${a.branch}.`,
  },
  'git.not_yours': {
    code: 'FORBIDDEN',
    say: (_: object) => 'An agent may close only the pull requests that it opened.',
  },
  'git.import_refused': {
    code: 'VALIDATION_FAILED',
    say: (a: { why: string }) => `This address can't be imported: ${a.why}.`,
  },
  'git.import_failed': {
    code: 'UNAVAILABLE',
    say: (a: { why: string }) => `The import failed: ${a.why}.`,
  },
  'git.timeout': {
    code: 'UNAVAILABLE',
    say: (a: { what: string }) => `Git took too long for ${a.what}.`,
  },
  'host.not_connected': {
    code: 'NOT_FOUND',
    say: (a: { host: string; repository: string }) =>
      `${a.host} shows us no repository ${a.repository}. Install the App on it, or give a token that may see it.`,
  },
  'host.lacks_permission': {
    code: 'FORBIDDEN',
    say: (a: { who: string; permission: string; repository: string }) =>
      `${a.who} lacks \`${a.permission}\` on ${a.repository}. Grant it there, then try again.`,
  },
  'host.token_refused': {
    code: 'FORBIDDEN',
    say: (a: { host: string; repository: string }) =>
      `${a.host} refuses our credentials for ${a.repository}: revoked or expired. Connect the repository again.`,
  },
  'host.no_credentials': {
    code: 'VALIDATION_FAILED',
    say: (a: { host: string }) =>
      `This server holds no App and no token for ${a.host}. Connect ${a.host} first.`,
  },
  'host.not_hosted': {
    code: 'CONFLICT',
    say: (_: Record<string, never>) =>
      'The repository of this room is on the built-in host, which needs no token.',
  },
  'host.needs_own_token': {
    code: 'FORBIDDEN',
    say: (a: { host: string }) =>
      `Give a token of your own for ${a.host}: only administrators connect with what the server holds.`,
  },
  'host.limited': {
    code: 'UNAVAILABLE',
    say: (a: { host: string; until: string }) => `${a.host} is limiting us until ${a.until} UTC.`,
  },
  'host.unavailable': {
    code: 'UNAVAILABLE',
    say: (a: { host: string; why: string }) => `${a.host} can't be reached: ${a.why}. It is tried again.`,
  },
  'host.protected': {
    code: 'FORBIDDEN',
    say: (a: { host: string; ref: string; repository: string }) =>
      `${a.host} protects ${a.ref} of ${a.repository}: it moves by pull requests that meet its rules.`,
  },
  'host.refused': {
    code: 'CONFLICT',
    say: (a: { host: string; message: string }) => `${a.host} refuses this: ${a.message}`,
  },
  'git.unavailable': {
    code: 'UNAVAILABLE',
    say: (a: { why: string }) => `Git can't be used: ${a.why}.`,
  },
});
