import type { CheckView, CommandReplyOf, GitCheckInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { fail } from '../../domain/failures.js';
import { findCommits } from '../../persistence/commits.js';
import { saveCheck } from '../../persistence/pull-requests.js';
import { listKnownRefs } from '../../persistence/refs.js';
import { GitCheckBody } from './inputs.js';

/** Reports how a check of a commit stands. */
@CommandHandler('git.check', GitCheckBody)
export class SetCheck implements Command<'git.check', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: GitCheckInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    input: GitCheckInput,
    { room }: RoomAccess,
  ): Promise<CommandReplyOf<'git.check'>> {
    const { sha, context, state, description = '', target_url = null } = input;
    const tips = await listKnownRefs(tx, room.id);
    const known = tips.some((tip) => tip.sha === sha) || (await findCommits(tx, room.id, [sha])).has(sha);
    if (!known) throw fail('git.not_found', { what: 'commit' });
    const actor = actorOf(caller);
    const check: CheckView = { context, state, description, target_url };
    await saveCheck(tx, room.id, sha, { ...check, reporter: actor });
    tx.appendToRoom(room.id, { type: 'git.checks', actor, data: { sha, ...check } });
    return { sha, context };
  }
}
