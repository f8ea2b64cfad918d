import type { CommandReplyOf, GitBranchInput } from '@clawtank/contracts';
import {
  actorOf,
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from '@clawtank/commands';
import type { RefTip } from '../../domain/git-objects.js';
import { openIntent } from '../../persistence/intents.js';
import { type ClaimAccess, enterWithClaim } from '../access.js';
import { AfterPush } from '../after-push.js';
import { ClaimBranches } from '../claim-branches.js';
import { RecordRefs } from '../record-refs.js';
import { GitBranchBody } from './inputs.js';

/** Makes the branch of a claim, for who works without a clone; the one that is there is answered as it stands. */
@CommandHandler('git.branch', GitBranchBody, { staged: true })
export class CreateBranch implements StagedCommand<'git.branch', ClaimAccess> {
  constructor(
    private readonly branches: ClaimBranches,
    private readonly refs: RecordRefs,
    private readonly after: AfterPush,
  ) {}

  authorise({ tx, caller }: CommandContext, input: GitBranchInput): Promise<ClaimAccess> {
    return enterWithClaim(tx, caller, input);
  }

  async run(
    context: StagedContext,
    input: GitBranchInput,
    access: ClaimAccess,
  ): Promise<CommandReplyOf<'git.branch'>> {
    const { room, branch } = access;
    const tip = await this.branches.plan(access);
    const subject = `branch:${branch}`;
    await context.transaction((tx) => announce(tx, context, input, tip, subject));
    await this.branches.make(room.id, tip);
    await this.refs.run(room.id, (work) => context.transaction(work));
    const reply = await context.finish(() => Promise.resolve({ branch, sha: tip.sha }));
    await this.after.record(room.id, subject);
    await this.after.check(room.id);
    return reply;
  }
}

async function announce(
  tx: CommandContext['tx'],
  { caller }: StagedContext,
  input: GitBranchInput,
  { ref, sha }: RefTip,
  subject: string,
): Promise<void> {
  const { room, task } = await enterWithClaim(tx, caller, input);
  const payload = { actor: actorOf(caller), taskId: task.id, fence: input.fence, updates: [{ ref, sha }] };
  await openIntent(tx, { roomId: room.id, kind: 'push', subject, payload });
}
