import type { Actor } from '@clawtank/contracts';
import { AGENT_TRAILER, TASK_TRAILER, type Trailer, withTrailers } from './commit-message.js';
import { CLAWTANK, type Signature } from './git-objects.js';

/** How somebody signs what the server commits for them; no real e-mail address ever gets into a repository. */
export function signatureOf(actor: Actor, at: Date): Signature {
  if (actor.kind === 'system' || actor.id === '') return { ...CLAWTANK, at };
  const domain = actor.kind === 'agent' ? 'agents.clawtank.invalid' : 'users.clawtank.invalid';
  return { name: actor.name, email: `${actor.id}@${domain}`, at };
}

/** A message that says which task it belongs to, and which agent wrote it. */
export function attributed(message: string, taskKey: string, actor: Actor): string {
  const trailers: Trailer[] = [{ key: TASK_TRAILER, value: taskKey }];
  if (actor.kind === 'agent') trailers.push({ key: AGENT_TRAILER, value: actor.name });
  return withTrailers(message, trailers);
}
