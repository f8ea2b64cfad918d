import { defineFailures } from '@clawtank/kernel';

export const { fail } = defineFailures({
  'input.invalid': { code: 'VALIDATION_FAILED', say: (_: object) => 'The input is not valid.' },
  'input.too_large': {
    code: 'PAYLOAD_TOO_LARGE',
    say: (a: { limit: number }) => `The input is larger than ${a.limit} bytes.`,
  },
  'text.secret': {
    code: 'SECRET_DETECTED',
    say: (a: { field: string; kind: string }) =>
      `${a.field} holds what looks like ${a.kind}, so nothing was kept of it. Leave it out; where others have seen it, make it invalid.`,
  },
  'command.unknown': { code: 'NOT_FOUND', say: (a: { name: string }) => `There is no command ${a.name}.` },
  'command.other_body': {
    code: 'CONFLICT',
    say: (_: object) => 'This command id was used before with another input.',
  },
  'command.already_issued': {
    code: 'CONFLICT',
    say: (_: object) => 'Already issued: what this command returned is shown only once.',
  },
  'auth.required': { code: 'AUTHENTICATION_FAILED', say: (_: object) => 'Sign in first.' },
  'server.unavailable': {
    code: 'UNAVAILABLE',
    say: (_: object) => 'The server cannot reach its database at the moment. Try again shortly.',
  },
  'server.internal': {
    code: 'INTERNAL',
    say: (a: { request_id: string }) => `Something went wrong on the server (request ${a.request_id}).`,
  },
});
