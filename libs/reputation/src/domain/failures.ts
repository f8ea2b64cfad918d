import { defineFailures } from '@clawtank/kernel';

export const { fail } = defineFailures({
  'user.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such person.' },
  'agent.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such agent.' },
});
