import { defineFailures } from '@clawtank/kernel';

export const { fail } = defineFailures({
  'stream.resync': {
    code: 'CONFLICT',
    say: (a: { stream: string; resync: string }) =>
      `The position can't be served (${a.resync}). Take a new snapshot.`,
  },
});
