import { defineFailures } from '@clawtank/kernel';

export const { fail } = defineFailures({
  'limits.too_many': {
    code: 'RATE_LIMITED',
    say: (a: { limit: string }) => `Too many ${a.limit} in a short time.`,
  },
});
