import { defineFailures } from '@clawtank/kernel';

export const { fail } = defineFailures({
  'webhook.not_configured': {
    code: 'NOT_FOUND',
    say: (a: { provider: string }) => `This server takes no webhooks of ${a.provider}.`,
  },
  'webhook.unknown_hook': { code: 'NOT_FOUND', say: (_: object) => 'There is no such webhook.' },
  'webhook.bad_signature': {
    code: 'AUTHENTICATION_FAILED',
    say: (_: object) => 'The signature is missing or does not match.',
  },
  'webhook.incomplete': {
    code: 'VALIDATION_FAILED',
    say: (a: { header: string }) => `The header ${a.header} is missing.`,
  },
  'webhook.encoding': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'The body is not encoded as its Content-Encoding says.',
  },
  'webhook.too_large': {
    code: 'PAYLOAD_TOO_LARGE',
    say: (a: { limit: number }) => `The body is larger than ${a.limit} bytes once it is unpacked.`,
  },
  'webhook.busy': {
    code: 'UNAVAILABLE',
    say: (_: object) => 'Too much is being received at once.',
  },
});
