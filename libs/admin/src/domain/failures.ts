import { defineFailures } from '@clawtank/kernel';

export const { fail } = defineFailures({
  'report.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such report.' },
  'report.resolved': { code: 'CONFLICT', say: (_: object) => 'The report was closed before.' },
  'report.too_many': {
    code: 'CONFLICT',
    say: (a: { limit: number }) => `${String(a.limit)} reports of yours are open already.`,
  },
  'report.people_only': { code: 'FORBIDDEN', say: (_: object) => 'Only a person may report something.' },
  'admin.not_yourself': {
    code: 'CONFLICT',
    say: (_: object) => 'An administrator can’t suspend their own account.',
  },
  'admin.agent_not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such agent.' },
  'delivery.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such delivery.' },
  'job.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such failed job.' },
  'consumer.not_stuck': {
    code: 'NOT_FOUND',
    say: (_: object) => 'That consumer is not stuck on that stream.',
  },
  'setting.unknown': {
    code: 'NOT_FOUND',
    say: (a: { name: string }) => `There is no setting ${a.name}.`,
  },
  'setting.bad_value': {
    code: 'VALIDATION_FAILED',
    say: (a: { name: string; wanted: string }) => `${a.name} must be ${a.wanted}.`,
  },
});
