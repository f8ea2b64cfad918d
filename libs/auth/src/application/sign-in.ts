import { timingSafeEqual } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { type Caller } from '@clawtank/commands';
import { UnitOfWork } from '@clawtank/events';
import { hashToken } from '../domain/agent-token.js';
import { fail } from '../domain/failures.js';
import type { Profile } from '../domain/profile.js';
import { returnPath } from '../domain/return-path.js';
import { authorizationUrl, redeem } from '../providers/authorization.js';
import { describeTrouble, troubleOf } from '../providers/provider-error.js';
import type { Provider } from '../providers/provider.js';
import { type Entrant, Identities } from './identities.js';
import type { OpenedSession } from './sessions.js';
import { type Attempt, SignInAttempts } from './sign-in-attempts.js';
import { SignInProviders } from './sign-in-providers.js';

export interface Departure {
  /** The provider's page. */
  readonly url: string;
  /** For a cookie that comes back with the answer. */
  readonly sealed: string;
}

export interface Arrival {
  readonly returnTo: string;
  /** Null where an account was linked: its owner is signed in already. */
  readonly session: OpenedSession | null;
}

const AFTER_SIGN_IN = '/rooms';
export const AFTER_LINK = '/settings';

/** Signing in through a provider, and linking an account there to one's own here. */
@Injectable()
export class SignIn {
  private readonly log = new Logger(SignIn.name);

  constructor(
    private readonly providers: SignInProviders,
    private readonly attempts: SignInAttempts,
    private readonly identities: Identities,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * Sends a browser to a provider.
   * @param redirectUri where the provider sends it back to
   * @param linkTo the signed-in person whose account is to be opened by the other one, too
   * @throws auth.provider_unknown, auth.provider_away, auth.people_only
   */
  async depart(
    providerId: string,
    redirectUri: string,
    { returnTo, linkTo = null }: { returnTo?: string | undefined; linkTo?: Caller | null },
  ): Promise<Departure> {
    const provider = this.providers.get(providerId);
    if (linkTo && linkTo.kind !== 'human') throw fail('auth.people_only', {});
    const { url, proofs } = await this.ask(provider, () => authorizationUrl(provider, redirectUri));
    const sealed = await this.attempts.seal({
      provider: provider.id,
      redirectUri,
      returnTo: returnPath(returnTo, linkTo ? AFTER_LINK : AFTER_SIGN_IN),
      linkTo: linkTo?.id ?? null,
      proofs,
    });
    return { url, sealed };
  }

  /** The attempt that a browser came back with, or null. */
  recall(sealed: string | undefined): Promise<Attempt | null> {
    return this.attempts.open(sealed);
  }

  /**
   * Takes a provider's answer.
   * @param query what the provider put behind the redirect URI
   * @throws auth.attempt_gone, auth.attempt_mismatch, auth.provider_*, auth.identity_*, auth.suspended,
   *   auth.sign_up_closed, auth.setup_code
   */
  async arrive(
    providerId: string,
    attempt: Attempt | null,
    query: URLSearchParams,
    entrant: Entrant,
  ): Promise<Arrival> {
    const provider = this.providers.get(providerId);
    if (!attempt) throw fail('auth.attempt_gone', {});
    if (attempt.provider !== provider.id || !isSame(query.get('state'), attempt.proofs.state))
      throw fail('auth.attempt_mismatch', {});
    await this.attempts.use(attempt);
    const answer = new URL(attempt.redirectUri);
    answer.search = query.toString();
    const profile: Profile = await this.ask(provider, () => redeem(provider, answer, attempt.proofs));
    const session = await this.work.run((tx) =>
      attempt.linkTo === null
        ? this.identities.enter(tx, provider.name, profile, entrant)
        : this.identities.link(
            tx,
            provider.name,
            profile,
            { userId: attempt.linkTo, since: attempt.begunAt },
            entrant,
          ),
    );
    return { returnTo: attempt.returnTo, session };
  }

  /** @throws auth.provider_away, auth.provider_denied, auth.provider_refused */
  private async ask<T>(provider: Provider, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble !== 'denied') this.log.warn(`${provider.id} ${trouble}: ${describeTrouble(error)}`);
      throw fail(`auth.provider_${trouble}`, { name: provider.name });
    }
  }
}

const isSame = (given: string | null, expected: string): boolean =>
  timingSafeEqual(hashToken(given ?? ''), hashToken(expected));
