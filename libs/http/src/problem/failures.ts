import { defineFailures } from '@clawtank/kernel';

/** What HTTP itself refuses before any command is asked. */
export const { fail } = defineFailures({
  'route.unknown': { code: 'NOT_FOUND', say: (_: object) => 'There is nothing at this path and method.' },
  'body.malformed': { code: 'VALIDATION_FAILED', say: (_: object) => 'The body is not well-formed JSON.' },
  'body.media_type': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'Send the body as application/json.',
  },
  'input.contradicts': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'The body says something else than the path.',
  },
  'body.too_large': { code: 'PAYLOAD_TOO_LARGE', say: (_: object) => 'The body is too large.' },
  'request.malformed': { code: 'VALIDATION_FAILED', say: (_: object) => 'The request is not well-formed.' },
  'request.forbidden': { code: 'FORBIDDEN', say: (_: object) => 'This request is refused.' },
  'origin.foreign': {
    code: 'FORBIDDEN',
    say: (_: object) => 'This request comes from a page of another origin.',
  },
  'auth.required': { code: 'AUTHENTICATION_FAILED', say: (_: object) => 'Sign in first.' },
  'auth.token_in_url': {
    code: 'AUTHENTICATION_FAILED',
    say: (_: object) => 'A token in a URL is refused, because URLs are logged. Send it as the contract says.',
  },
  'limit.too_many': { code: 'RATE_LIMITED', say: (_: object) => 'Too many requests.' },
});
