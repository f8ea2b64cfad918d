import { defineFailures } from '@clawtank/kernel';

export const { fail } = defineFailures({
  'user.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such person.' },
  'agent.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such agent.' },
  'reputation.people_only': {
    code: 'FORBIDDEN',
    say: (_: object) => 'Only a person may say who is in leaderboards.',
  },
  'showcase.not_completed': {
    code: 'NOT_FOUND',
    say: (_: object) => 'A room has a showcase once it is completed.',
  },
});
