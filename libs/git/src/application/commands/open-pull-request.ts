import type { CommandReplyOf, EventMap, GitPullRequestInput } from '@clawtank/contracts';
import {
  actorOf,
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from '@clawtank/commands';
import { enforce, newId, type Verdict } from '@clawtank/kernel';
import { advanceTask } from '@clawtank/tasks';
import { fail } from '../../domain/failures.js';
import { branchOf } from '../../domain/ref-names.js';
import { HostsConfig } from '../../hosts.config.js';
import { findOpenPullRequest, insertPullRequest } from '../../persistence/pull-requests.js';
import { findKnownRef, forgetChecked } from '../../persistence/refs.js';
import { wantCheck } from '../../persistence/repositories.js';
import { askFirst } from '../ask-first.js';
import { type ClaimAccess, enterWithClaim } from '../access.js';
import { citeRoom } from '../cite-room.js';
import { CheckConflicts } from '../check-conflicts.js';
import { RoomHosts } from '../room-hosts.js';
import { RecordRefs } from '../record-refs.js';
import { GitPullRequestBody } from './inputs.js';

/** What became of it at a code host. */
interface Hosted {
  readonly number: number;
  readonly body: string;
}

interface Opened {
  readonly number: number;
  readonly head: string;
}

/** Opens the pull request of a claim, or finds its open one; either way the task is up for review. */
@CommandHandler('git.pull_request', GitPullRequestBody, { staged: true })
export class OpenPullRequest implements StagedCommand<'git.pull_request', ClaimAccess> {
  constructor(
    private readonly host: RoomHosts,
    private readonly refs: RecordRefs,
    private readonly conflicts: CheckConflicts,
    private readonly config: HostsConfig,
  ) {}

  authorise({ tx, caller }: CommandContext, input: GitPullRequestInput): Promise<ClaimAccess> {
    return enterWithClaim(tx, caller, input);
  }

  async run(
    context: StagedContext,
    input: GitPullRequestInput,
    { room, task, ref, branch, repository }: ClaimAccess,
  ): Promise<CommandReplyOf<'git.pull_request'>> {
    await this.refs.run(room.id, (work) => context.transaction(work));
    const head = await this.host.resolve(room.id, ref);
    const base = await this.host.resolve(room.id, repository.defaultRef);
    const ahead = head && base ? (await this.host.compare(room.id, base, head)).ahead : 0;
    if (!head || ahead === 0) throw fail('git.nothing_to_review', { branch });
    enforce(await context.transaction((tx) => askToOpen(tx, context, input, head)));
    const between = { branch, base: branchOf(repository.defaultRef) ?? '' };
    const hosted = await this.openThere(context, input, { ...between, room, task });
    let opened: Opened = { number: 0, head };
    const reply = await context.finish(async (tx) => {
      opened = await open(tx, context, input, hosted);
      return { number: opened.number };
    });
    await this.host.publishPullRequest(room.id, reply.number, opened.head);
    await this.conflicts.run(room.id);
    return reply;
  }

  /** The host's number is ours too. Opened twice it is the same one, so a retry is harmless. */
  private async openThere(
    context: StagedContext,
    { title, body: words = '' }: GitPullRequestInput,
    { branch, base, room, task }: Pick<ClaimAccess, 'branch' | 'room' | 'task'> & { readonly base: string },
  ): Promise<Hosted | undefined> {
    const forge = await this.host.forgeOf(room.id);
    if (!forge) return undefined;
    const { private: secret } = await forge.repository(room.id);
    const { publicUrl } = this.config;
    const body = await context.transaction((tx) =>
      citeRoom(tx, words, { room, task }, { publicUrl, secret }),
    );
    const { number } = await forge.openPull(room.id, { branch, base, title, body });
    return { number, body };
  }
}

async function askToOpen(
  tx: CommandContext['tx'],
  { caller }: StagedContext,
  input: GitPullRequestInput,
  head: string,
): Promise<Verdict> {
  const { room, task } = await enterWithClaim(tx, caller, input);
  return askFirst(tx, room, caller, {
    kind: 'pull_request',
    taskId: task.id,
    subject: head,
    detail: `${task.key}: ${input.title} at ${head.slice(0, 10)}`,
  });
}

async function open(
  tx: CommandContext['tx'],
  { caller }: StagedContext,
  input: GitPullRequestInput,
  hosted: Hosted | undefined,
): Promise<Opened> {
  const { room, repository, task, ref, branch } = await enterWithClaim(tx, caller, input);
  const actor = actorOf(caller);
  const head = (await findKnownRef(tx, room.id, ref))?.sha;
  if (!head) throw fail('git.nothing_to_review', { branch });
  const present = await findOpenPullRequest(tx, room.id, { branch });
  const number = present?.number ?? (await insert());
  // A branch that conflicts with the default one does so in the way of a pull request from now on.
  await forgetChecked(tx, room.id, ref);
  await wantCheck(tx, room.id);
  await advanceTask(tx, task.id, 'pull_request_opened', { actor, pullRequest: number });
  return { number, head };

  async function insert(): Promise<number> {
    const { title } = input;
    const body = hosted?.body ?? input.body ?? '';
    const base = branchOf(repository.defaultRef) ?? '';
    const facts = { id: newId(), roomId: room.id, title, body, branch, base, taskId: task.id, author: actor };
    const next = await insertPullRequest(tx, { ...facts, headSha: head ?? '' }, hosted?.number);
    const data: EventMap['git.pull_request'] = {
      number: next,
      action: 'opened',
      title,
      branch,
      task_id: task.id,
      head_sha: head ?? '',
      mergeable: 'unknown',
    };
    tx.appendToRoom(room.id, { type: 'git.pull_request', actor, data });
    return next;
  }
}
