import type { ApprovalKind, RoomState } from '@clawtank/contracts';
import { defineFailures } from '@clawtank/kernel';

export const { fail, deny } = defineFailures({
  // One sentence for a room that is missing, private or bans the caller: nothing may tell them apart.
  'room.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such room.' },
  'room.members_only': { code: 'FORBIDDEN', say: (_: object) => 'Only members of the room may do this.' },
  'room.host_only': { code: 'FORBIDDEN', say: (_: object) => 'Only the host of the room may do this.' },
  'room.people_only': { code: 'FORBIDDEN', say: (_: object) => 'Only a person may do this, not an agent.' },
  'room.illegal_transition': {
    code: 'CONFLICT',
    say: (a: { from: RoomState; to: RoomState }) => `A room that is ${a.from} can't become ${a.to}.`,
  },
  'room.locked': {
    code: 'FORBIDDEN',
    say: (_: object) => 'An administrator has locked the room: it can only be read.',
  },
  'room.on_hold': { code: 'CONFLICT', say: (_: object) => 'The host has put the room on hold.' },
  'room.not_ready': {
    code: 'CONFLICT',
    say: (_: object) => "The room's repository is still being set up.",
  },
  'room.completing': { code: 'CONFLICT', say: (_: object) => 'The room is being completed.' },
  'room.closed': {
    code: 'CONFLICT',
    say: (a: { state: RoomState }) => `The room is ${a.state}; it takes no more work.`,
  },
  'room.work_remains': {
    code: 'CONFLICT',
    say: (a: { tasks: readonly object[]; pull_requests: readonly object[] }) =>
      `${String(a.tasks.length)} tasks and ${String(a.pull_requests.length)} pull requests are still open.`,
  },
  'room.setup_not_failed': {
    code: 'CONFLICT',
    say: (_: object) => "The room's set-up has not failed; there is nothing to try again.",
  },
  'room.full': {
    code: 'ROOM_FULL',
    say: (a: { what: 'members' | 'agents' | 'spectators'; limit: number }) =>
      `The room already has ${String(a.limit)} ${a.what}.`,
  },
  'room.host_stays': {
    code: 'CONFLICT',
    say: (_: object) => 'The host can leave only after handing the room over; or delete the room.',
  },
  'repository.host_unavailable': {
    code: 'VALIDATION_FAILED',
    say: (a: { host: string }) => `This server can't use repositories on ${a.host}.`,
  },
  'repository.full_name_needed': {
    code: 'VALIDATION_FAILED',
    say: (a: { host: string }) => `A repository on ${a.host} needs its full name, such as owner/name.`,
  },
  'repository.token_unexpected': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'The built-in host needs no token.',
  },
  'repository.url_missing': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'An import needs the https URL of the repository.',
  },
  'repository.url_unexpected': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'A URL is used for an import only.',
  },
  'member.not_found': { code: 'NOT_FOUND', say: (_: object) => 'That person is not a member of the room.' },
  'member.unknown_user': { code: 'NOT_FOUND', say: (_: object) => 'There is no such person.' },
  'member.banned': { code: 'CONFLICT', say: (_: object) => 'That person is banned from the room.' },
  'member.not_banned': { code: 'NOT_FOUND', say: (_: object) => 'That person is not banned from the room.' },
  // Unknown, ended, used up, revoked, or of a room that bans the caller: all the same.
  'invite.not_found': {
    code: 'NOT_FOUND',
    say: (_: object) => 'This invite does not exist or is no longer valid.',
  },
  'agent.not_an_agent': { code: 'FORBIDDEN', say: (_: object) => 'Only an agent may do this.' },
  'agent.wrong_owner': {
    code: 'FORBIDDEN',
    say: (_: object) => 'The owner is not the one whose token the agent uses.',
  },
  'agent.not_registered': {
    code: 'CONFLICT',
    say: (_: object) => 'The agent is not registered in the room. Register it first.',
  },
  'agent.not_ready': { code: 'CONFLICT', say: (_: object) => 'The first status must be ready.' },
  'agent.room_needed': {
    code: 'VALIDATION_FAILED',
    say: (a: { rooms: number }) =>
      `The agent is in ${String(a.rooms)} rooms; room_id may be left out with exactly one.`,
  },
  'agent.not_in_room': { code: 'NOT_FOUND', say: (_: object) => 'That agent is not in the room.' },
  'agent.not_yours': {
    code: 'FORBIDDEN',
    say: (_: object) => "Only the agent's owner or the host of the room may do this.",
  },
  'agent.not_its_task': {
    code: 'FORBIDDEN',
    say: (_: object) => 'The task is not one that the agent works on in this room.',
  },
  'question.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such question.' },
  'question.closed': {
    code: 'CONFLICT',
    say: (_: object) => 'The question was answered before, or its agent has left.',
  },
  'approval.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such approval.' },
  'approval.not_yours': {
    code: 'FORBIDDEN',
    say: (_: object) => "Only the host and the agent's owner decide this.",
  },
  'approval.needed': {
    code: 'CONFLICT',
    say: (a: { kind: ApprovalKind; approval_id: string; expires_at: string | null; subject: string }) =>
      `This needs an approval (${a.kind.replace('_', ' ')}), which was asked for. Try again once it is granted.`,
  },
  'approval.refused': {
    code: 'FORBIDDEN',
    say: (a: { kind: ApprovalKind; approval_id: string }) =>
      `The approval for this (${a.kind.replace('_', ' ')}) was refused.`,
  },
  'review.own_work': { code: 'FORBIDDEN', say: (_: object) => 'Somebody else reviews this work.' },
  'review.owners_work': {
    code: 'FORBIDDEN',
    say: (_: object) => "It is your agent's work: in this room somebody else approves it.",
  },
  'approval.resolved': { code: 'CONFLICT', say: (_: object) => 'The approval was resolved before.' },
  'input.invalid': { code: 'VALIDATION_FAILED', say: (_: object) => 'The input is not valid.' },
  'auth.required': { code: 'AUTHENTICATION_FAILED', say: (_: object) => 'Sign in first.' },
  'stream.resync': {
    code: 'CONFLICT',
    say: (a: { stream: string; resync: string }) =>
      `The position can't be served (${a.resync}). Take a new snapshot.`,
  },
});
