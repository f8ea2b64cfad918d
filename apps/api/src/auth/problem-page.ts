import type { Attempt } from '@clawtank/auth';
import { Failure } from '@clawtank/kernel';

const FOR_MEMBERS = '/settings';
const FOR_GUESTS = '/sign-in';

/**
 * The page that tells a browser why it was not let in. It gets the reason's name, never a sentence: a link could
 * carry any.
 * @throws what is no refusal
 */
export function problemPage(error: unknown, provider: string, attempt: Attempt | null): string {
  if (!(error instanceof Failure)) throw error;
  const query = new URLSearchParams({ problem: error.reason, provider });
  const links = attempt !== null && attempt.linkTo !== null;
  if (attempt && !links) query.set('next', attempt.returnTo);
  return `${links ? FOR_MEMBERS : FOR_GUESTS}?${query.toString()}`;
}
