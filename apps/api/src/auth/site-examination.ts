import { Injectable } from '@nestjs/common';
import { SignInProviders } from '@clawtank/auth';
import { HttpConfig, isLoopback } from '@clawtank/http';
import { ailing, Examination, type Finding, well } from '@clawtank/kernel';
import { API_PREFIX } from '../rest/api-prefix.js';

const PATIENCE_MS = 5_000;
const SET_IT = 'Set CLAWTANK_URL to the address that people open: every callback is made from it.';

/** Whether the address that people open leads here, and what has to be registered elsewhere because of it. */
@Injectable()
export class SiteExamination extends Examination {
  constructor(
    private readonly config: HttpConfig,
    private readonly providers: SignInProviders,
  ) {
    super();
  }

  override async examine(): Promise<readonly Finding[]> {
    const { publicUrl } = this.config;
    if (!publicUrl) return [this.unset()];
    const { origin } = new URL(publicUrl);
    return [await reach(origin), ...this.callbacks(origin)];
  }

  private unset(): Finding {
    const names = this.providers.all.map(({ name }) => name);
    if (names.length === 0) return well('url', 'People open whatever address reaches this server.');
    const found = `CLAWTANK_URL is not set: who signs in through ${names.join(' or ')} comes back to whatever address they left from.`;
    return ailing('url', 'warning', found, SET_IT);
  }

  private callbacks(origin: string): readonly Finding[] {
    return this.providers.all.map(({ id, name }) =>
      well('callbacks', `${name} must know ${origin}/${API_PREFIX}/auth/${id}/callback.`),
    );
  }
}

async function reach(origin: string): Promise<Finding> {
  try {
    const answer = await fetch(`${origin}/healthz`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'manual',
    });
    const body = await answer.text();
    if (answer.status !== 200 || !body.includes('"ok"'))
      return astray(origin, `answers with ${String(answer.status)}, and not as ClawTank does`);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    return astray(origin, `does not answer this node${why}`);
  }
  const { protocol, hostname } = new URL(origin);
  if (protocol === 'https:' || hostname === 'localhost' || isLoopback(hostname))
    return well('url', `${origin} leads here.`);
  return ailing(
    'url',
    'warning',
    `${origin} leads here, but without TLS: passwords and tokens travel in the open.`,
    'Put a proxy with a certificate in front (Caddy, nginx), and let CLAWTANK_URL begin with https.',
  );
}

const astray = (origin: string, how: string): Finding =>
  ailing(
    'url',
    'broken',
    `${origin} ${how}.`,
    'See that CLAWTANK_URL is the address that people open, and that the proxy there sends /api and /healthz here.',
  );
