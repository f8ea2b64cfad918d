import { createHash } from 'node:crypto';
import type { CommandReplyOf, FileChange as WireChange, GitCommitInput } from '@clawtank/contracts';
import {
  actorOf,
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from '@clawtank/commands';
import { UnitOfWork } from '@clawtank/events';
import { enforce, Failure, type Verdict } from '@clawtank/kernel';
import { attributed, signatureOf } from '../../domain/author.js';
import { fail } from '../../domain/failures.js';
import { CLAWTANK, type FileChange } from '../../domain/git-objects.js';
import { checkRepositoryPath } from '../../domain/repository-path.js';
import { closeIntent, type Intent, openIntent } from '../../persistence/intents.js';
import { askFirst } from '../ask-first.js';
import { type ClaimAccess, enterWithClaim } from '../access.js';
import { bylineOf } from '../byline.js';
import { CheckConflicts } from '../check-conflicts.js';
import { ClaimBranches } from '../claim-branches.js';
import { GitHost } from '../git-host.js';
import { RecordRefs } from '../record-refs.js';
import { GitCommitBody } from './inputs.js';

const MAX_NAMED = 20;

/** Commits file contents on the branch of the caller's claim, for agents without a clone. */
@CommandHandler('git.commit', GitCommitBody, { staged: true })
export class CommitFiles implements StagedCommand<'git.commit', ClaimAccess> {
  constructor(
    private readonly host: GitHost,
    private readonly branches: ClaimBranches,
    private readonly refs: RecordRefs,
    private readonly conflicts: CheckConflicts,
    private readonly work: UnitOfWork,
  ) {}

  async authorise({ tx, caller }: CommandContext, input: GitCommitInput): Promise<ClaimAccess> {
    const access = await enterWithClaim(tx, caller, input);
    const { branch: own } = access;
    if (input.branch !== own) throw fail('git.wrong_branch', { branch: input.branch, own });
    return access;
  }

  async run(
    context: StagedContext,
    input: GitCommitInput,
    access: ClaimAccess,
  ): Promise<CommandReplyOf<'git.commit'>> {
    const changes = input.changes.map(toChange);
    const roomId = access.room.id;
    enforce(await context.transaction((tx) => askToCommit(tx, context, input, access)));
    const tip = await this.branches.plan(access);
    const intent = await context.transaction((tx) => this.announce(tx, context, input, tip.sha));
    const sha = await this.act(intent, access, input, changes);
    await this.refs.run(roomId, (work) => context.transaction(work));
    const reply = await context.finish(async (tx) => {
      await closeIntent(tx, intent.id, 'done');
      return { branch: access.branch, sha };
    });
    await this.conflicts.run(roomId);
    return reply;
  }

  /** A retry of the same command finds its intent, and with it the commit that it followed and its time. */
  private async announce(
    tx: CommandContext['tx'],
    { caller, intentId }: StagedContext,
    input: GitCommitInput,
    parent: string,
  ): Promise<Intent<'commit'>> {
    const { room, task, ref } = await enterWithClaim(tx, caller, input);
    const actor = actorOf(caller);
    const byline = await bylineOf(tx, room.id, actor);
    const payload = { actor, taskId: task.id, fence: input.fence, ref, parent, byline };
    const subject = `${caller.id}:${intentId}`;
    return (await openIntent(tx, { roomId: room.id, kind: 'commit', subject, payload })).intent;
  }

  private async act(
    intent: Intent<'commit'>,
    { task }: ClaimAccess,
    input: GitCommitInput,
    changes: readonly FileChange[],
  ): Promise<string> {
    const { roomId, payload, createdAt } = intent;
    const { ref, parent, actor, byline } = payload;
    try {
      await this.branches.make(roomId, { ref, sha: parent });
      return await this.host.commitFiles(roomId, {
        ref,
        expectedHead: parent,
        changes,
        message: attributed(input.message, task.key, actor, byline),
        author: signatureOf(actor, createdAt),
        committer: { ...CLAWTANK, at: createdAt },
      });
    } catch (error) {
      if (error instanceof Failure) await this.work.run((tx) => closeIntent(tx, intent.id, 'failed'));
      throw error;
    }
  }
}

/** Bound to the message and every byte of the changes. */
async function askToCommit(
  tx: CommandContext['tx'],
  { caller }: StagedContext,
  input: GitCommitInput,
  { task }: ClaimAccess,
): Promise<Verdict> {
  const { room } = await enterWithClaim(tx, caller, input);
  const bytes = JSON.stringify([input.branch, input.message, input.changes]);
  const files = input.changes
    .map(({ path }) => path)
    .slice(0, MAX_NAMED)
    .join(', ');
  return askFirst(tx, room, caller, {
    kind: 'commit',
    taskId: task.id,
    subject: `changes:${createHash('sha256').update(bytes).digest('hex')}`,
    detail: `${task.key}: ${input.message.split('\n')[0] ?? ''} (${files})`,
  });
}

function toChange(change: WireChange): FileChange {
  const { path, content } = change;
  checkRepositoryPath(path);
  if (change.delete) {
    if (content !== undefined)
      throw fail('git.invalid_change', { why: `${path} has content and is deleted` });
    return { path, delete: true };
  }
  if (content === undefined)
    throw fail('git.invalid_change', { why: `${path} has neither content nor delete` });
  return { path, content: change.encoding === 'base64' ? Buffer.from(content, 'base64') : content };
}
