import { defineFailures } from '@clawtank/kernel';

export const { fail, deny } = defineFailures({
  'auth.bad_credentials': {
    code: 'AUTHENTICATION_FAILED',
    say: (_: object) => 'User name or password is wrong.',
  },
  'auth.bad_token': { code: 'AUTHENTICATION_FAILED', say: (_: object) => 'The token is not valid.' },
  'auth.token_expired': { code: 'TOKEN_EXPIRED', say: (_: object) => 'The token has expired.' },
  'auth.refresh_reused': {
    code: 'AUTHENTICATION_FAILED',
    say: (_: object) => 'This session was ended because its refresh token was used twice. Sign in again.',
  },
  'auth.suspended': { code: 'FORBIDDEN', say: (_: object) => 'This account is suspended.' },
  'auth.setup_code': {
    code: 'FORBIDDEN',
    say: (_: object) => 'The first account needs the set-up code that the server printed at its first start.',
  },
  'auth.name_taken': { code: 'CONFLICT', say: (a: { name: string }) => `The name ${a.name} is taken.` },
  'auth.email_taken': { code: 'CONFLICT', say: (_: object) => 'An account with this e-mail address exists.' },
  'auth.people_only': { code: 'FORBIDDEN', say: (_: object) => 'Only a person may do this.' },
  'agent.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such agent of yours.' },
  'agent.token_not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such token.' },
  'agent.bad_cursor': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'The cursor is not one of this list.',
  },
  'agent.too_many': {
    code: 'CONFLICT',
    say: (a: { limit: number }) => `You have ${a.limit} agents already.`,
  },
});
