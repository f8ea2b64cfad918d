import type { SignInProviderId } from '@clawtank/contracts';
import { handleFrom } from './handle.js';

/** Who somebody is elsewhere, as their provider vouches for it. */
export interface Profile {
  readonly provider: SignInProviderId;
  /** Who vouches. The same subject of another issuer is somebody else. */
  readonly issuer: string;
  /** Never given to anybody else by this issuer, unlike names and e-mail addresses. */
  readonly subject: string;
  /** What the account is called there. */
  readonly account: string;
  readonly name: string;
  /** Only one that the provider has verified; null where there is none. */
  readonly email: string | null;
}

const LONGEST_SUFFIX = 99;

/** User names for somebody who comes from elsewhere, the best one first. */
export function* usernamesFor({ account, name }: Pick<Profile, 'account' | 'name'>): Generator<string> {
  const base = handleFrom(account.replace(/@.*$/, ''), '') || handleFrom(name, 'person');
  yield base;
  for (let n = 2; n <= LONGEST_SUFFIX; n++) yield `${base}-${String(n)}`;
}

/** A name from elsewhere as one line that can be kept and shown. */
export function displayNameOf(wanted: string, otherwise: string, longest: number): string {
  const line = wanted
    .replace(/[\p{C}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [...line].slice(0, longest).join('').trim() || otherwise;
}
