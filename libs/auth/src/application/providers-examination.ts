import { Injectable } from '@nestjs/common';
import { ailing, clockFinding, Examination, type Finding, systemClock, well } from '@clawtank/kernel';
import { describeTrouble } from '../providers/provider-error.js';
import type { Provider } from '../providers/provider.js';
import { SignInProviders } from './sign-in-providers.js';

const PATIENCE_MS = 5_000;
const FIRST_SERVER_ERROR = 500;
/** The `Date` header tells whole seconds. */
const HEADER_ERROR_MS = 1_000;

/** Whether the sign-in providers can be reached, are who they say, and agree with this node on what time it is. */
@Injectable()
export class ProvidersExamination extends Examination {
  constructor(private readonly providers: SignInProviders) {
    super();
  }

  override async examine(): Promise<readonly Finding[]> {
    if (this.providers.all.length === 0)
      return [well('sign_in', 'People sign in with a password; no provider is set up.')];
    return (await Promise.all(this.providers.all.map(examineOne))).flat();
  }
}

async function examineOne(provider: Provider): Promise<readonly Finding[]> {
  const { id, name, probe } = provider;
  const { host } = new URL(probe);
  try {
    const asked = systemClock.now().getTime();
    const answer = await fetch(probe, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'manual' });
    const answered = systemClock.now().getTime();
    await answer.body?.cancel();
    if (answer.status >= FIRST_SERVER_ERROR)
      return [away(id, `${host} answers with ${String(answer.status)}.`, host)];
    await provider.configuration();
    const there = Date.parse(answer.headers.get('date') ?? '');
    const found = well(`sign_in_${id}`, `${name} answers at ${host}.`);
    if (Number.isNaN(there)) return [found];
    const aheadMs = (asked + answered) / 2 - (there + HEADER_ERROR_MS / 2);
    return [found, clockFinding(name, aheadMs, (answered - asked) / 2 + HEADER_ERROR_MS)];
  } catch (error) {
    return [away(id, `${host} can’t be used: ${describeTrouble(error)}.`, host)];
  }
}

const away = (id: string, found: string, host: string): Finding =>
  ailing(
    `sign_in_${id}`,
    'broken',
    found,
    `See that this node can reach ${host} (name service, proxy, firewall), and that its address in the settings is right.`,
  );
