import { defineFailures } from '@clawtank/kernel';

export const { fail } = defineFailures({
  'socket.busy': {
    code: 'RATE_LIMITED',
    say: (_: object) => 'Too many commands of this socket are under way.',
  },
  'socket.too_many_arguments': {
    code: 'VALIDATION_FAILED',
    say: (a: { count: number }) => `A command takes one input and an ack, not ${String(a.count)} arguments.`,
  },
  'stream.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such stream of yours.' },
  'stream.resync': {
    code: 'CONFLICT',
    say: (a: { stream: string; resync: string }) =>
      `The position can't be served (${a.resync}). Take a new snapshot.`,
  },
  'auth.other_identity': { code: 'FORBIDDEN', say: (_: object) => 'The token belongs to somebody else.' },
  'spectate.unknown_command': {
    code: 'NOT_FOUND',
    say: (_: object) => 'Spectators have one command: spectate.join.',
  },
  'spectators.room_full': {
    code: 'ROOM_FULL',
    say: (a: { limit: number }) => `${String(a.limit)} spectators watch this room already.`,
  },
  'spectators.address_full': {
    code: 'RATE_LIMITED',
    say: (a: { limit: number }) => `${String(a.limit)} spectators come from this address already.`,
  },
});
