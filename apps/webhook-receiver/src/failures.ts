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
});
