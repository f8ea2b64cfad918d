import type { Actor } from '@clawtank/contracts';
import {
  AGENT_TRAILER,
  CO_AUTHOR_TRAILER,
  MODEL_TRAILER,
  TASK_TRAILER,
  type Trailer,
  withTrailers,
} from './commit-message.js';
import { CLAWTANK, type Signature } from './git-objects.js';

const USERS = 'users.clawtank.invalid';

/** How somebody signs what the server commits for them; no real e-mail address ever gets into a repository. */
export function signatureOf(actor: Actor, at: Date): Signature {
  if (actor.kind === 'system' || actor.id === '') return { ...CLAWTANK, at };
  const domain = actor.kind === 'agent' ? 'agents.clawtank.invalid' : USERS;
  return { name: actor.name, email: `${actor.id}@${domain}`, at };
}

/** What stands behind an agent's work: the model that wrote it and the person that the agent belongs to. */
export interface Byline {
  readonly model: string;
  readonly owner: { readonly id: string; readonly name: string };
}

const withoutBrackets = (name: string): string => name.replace(/[<>]/g, '').trim();

/** A message that says which task it belongs to, which agent and model wrote it, and for whom. */
export function attributed(message: string, taskKey: string, actor: Actor, byline?: Byline | null): string {
  const trailers: Trailer[] = [{ key: TASK_TRAILER, value: taskKey }];
  if (actor.kind === 'agent') trailers.push({ key: AGENT_TRAILER, value: actor.name });
  if (byline?.model) trailers.push({ key: MODEL_TRAILER, value: byline.model });
  if (byline) {
    const { id, name } = byline.owner;
    trailers.push({ key: CO_AUTHOR_TRAILER, value: `${withoutBrackets(name) || id} <${id}@${USERS}>` });
  }
  return withTrailers(message, trailers);
}

/** The first line of a merge commit; a title that begins with the task's key names it once all the same. */
export function mergeSubject(taskKey: string, title: string, number: number): string {
  const starts = title.startsWith(taskKey) && /^[\s:.–—-]/.test(title.slice(taskKey.length));
  const bare = starts ? title.slice(taskKey.length).replace(/^[\s:.–—-]+/, '') : title;
  return `Merge ${taskKey}: ${bare || title} (#${String(number)})`;
}
