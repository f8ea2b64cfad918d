import type { QueryReplyOf } from '@clawtank/contracts';
import { get } from './rooms';

/** What an invite opens; asking uses nothing up. Throws ApiError 404 for a code that is wrong, used up or over. */
export function readInvite(code: string, signal: AbortSignal): Promise<QueryReplyOf<'invites.get'>> {
  return get('', `invites/${encodeURIComponent(code)}`, signal);
}
