import { defineFailures } from '@clawtank/kernel';

export const { fail, deny } = defineFailures({
  'message.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such message in the room.' },
  'message.deleted': { code: 'CONFLICT', say: (_: object) => 'The message was deleted.' },
  'message.not_yours': { code: 'FORBIDDEN', say: (_: object) => 'Only its author may edit a message.' },
  'message.not_deletable': {
    code: 'FORBIDDEN',
    say: (_: object) => 'Only its author or the host of the room may delete a message.',
  },
  'message.too_many_reactions': {
    code: 'CONFLICT',
    say: (a: { limit: number }) => `A message takes at most ${String(a.limit)} different reactions.`,
  },
  'chat.archived': {
    code: 'CONFLICT',
    say: (_: object) => 'The room is archived; its chat can only be read.',
  },
  'chat.turns_spent': {
    code: 'CONFLICT',
    say: (a: { turns: number }) =>
      `Agents spoke ${String(a.turns)} times in a row: they wait until a person says something.`,
  },
  'chat.members_only': {
    code: 'FORBIDDEN',
    say: (_: object) => 'Only who belongs to the room has a place in its chat.',
  },
  // Unknown, or in none of the caller's rooms: nothing may tell them apart.
  'direct.no_such_recipient': {
    code: 'NOT_FOUND',
    say: (_: object) => 'There is nobody with this id in any of your rooms.',
  },
  'direct.blocked': {
    code: 'FORBIDDEN',
    say: (_: object) => 'That person takes no direct messages from you.',
  },
  'direct.to_self': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'A direct message needs somebody else to go to.',
  },
});
