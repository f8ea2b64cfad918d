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
  'auth.sign_up_closed': {
    code: 'FORBIDDEN',
    say: (_: object) => 'This server takes no new accounts at the moment.',
  },
  'auth.wrong_password': { code: 'FORBIDDEN', say: (_: object) => 'That is not your password.' },
  'auth.bad_reset_code': {
    code: 'AUTHENTICATION_FAILED',
    say: (_: object) => 'This code was used, has ended, or never was one. Ask for another.',
  },
  'auth.provider_unknown': {
    code: 'NOT_FOUND',
    say: (_: object) => 'This server is not set up for signing in that way.',
  },
  'auth.provider_away': {
    code: 'UNAVAILABLE',
    say: (a: { name: string }) => `${a.name} does not answer at the moment. Try again in a while.`,
  },
  'auth.provider_denied': {
    code: 'FORBIDDEN',
    say: (a: { name: string }) => `${a.name} was told not to sign you in.`,
  },
  'auth.provider_refused': {
    code: 'AUTHENTICATION_FAILED',
    say: (a: { name: string }) => `What ${a.name} answered proves nothing. Begin again.`,
  },
  'auth.attempt_gone': {
    code: 'AUTHENTICATION_FAILED',
    say: (_: object) => 'This sign-in was used, took too long, or began in another browser. Begin again.',
  },
  'auth.attempt_mismatch': {
    code: 'AUTHENTICATION_FAILED',
    say: (_: object) => 'This answer belongs to another sign-in than the one that began here. Begin again.',
  },
  'auth.identity_email_taken': {
    code: 'CONFLICT',
    say: (a: { name: string }) =>
      `An account with your e-mail address exists. Sign in to it, then link ${a.name} in its settings.`,
  },
  'auth.identity_of_another': {
    code: 'CONFLICT',
    say: (a: { name: string }) => `That ${a.name} account opens another account here.`,
  },
  'auth.identity_not_found': {
    code: 'NOT_FOUND',
    say: (_: object) => 'There is no such linked account of yours.',
  },
  'auth.session_not_found': {
    code: 'NOT_FOUND',
    say: (_: object) => 'You are not signed in there any more.',
  },
  'auth.last_way_in': {
    code: 'CONFLICT',
    say: (_: object) => 'Nothing else opens your account. Set a password or link another account first.',
  },
  'user.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such person.' },
  'user.not_blocked': { code: 'NOT_FOUND', say: (_: object) => 'You have not blocked that person.' },
  'user.block_self': { code: 'VALIDATION_FAILED', say: (_: object) => 'You can’t block yourself.' },
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
