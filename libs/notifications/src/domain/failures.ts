import { defineFailures } from '@clawtank/kernel';

export const { fail } = defineFailures({
  'push.people_only': { code: 'FORBIDDEN', say: (_: object) => 'Only a person has devices to push to.' },
  'push.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such push subscription of yours.' },
  'push.bad_endpoint': {
    code: 'VALIDATION_FAILED',
    say: (a: { why: string }) => `The push endpoint ${a.why}.`,
  },
  'push.bad_keys': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'The keys are not those of a push subscription.',
  },
  'push.taken': {
    code: 'CONFLICT',
    say: (_: object) => 'This endpoint belongs to a subscription with other keys.',
  },
  'push.too_many': {
    code: 'CONFLICT',
    say: (a: { limit: number }) => `You have ${String(a.limit)} devices already. Remove one first.`,
  },
});
