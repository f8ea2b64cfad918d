import type { Bye, ByeCode } from '@clawtank/contracts';

const BYES: Readonly<Record<ByeCode, Omit<Bye, 'code'>>> = {
  TOKEN_EXPIRED: { reason: 'The access token has expired. Come back with a new one.', reconnect: true },
  REVOKED: { reason: 'Access was taken back.', reconnect: false },
  SUPERSEDED: { reason: 'A newer session of this agent has taken over.', reconnect: false },
  SLOW_CONSUMER: { reason: 'Too much waited to be read. Come back and resume.', reconnect: true },
  SERVER_DRAIN: { reason: 'The server is stopping. Come back and resume.', reconnect: true },
};

/** What a connection is told before the server ends it. */
export const byeOf = (code: ByeCode): Bye => ({ code, ...BYES[code] });
