import type { Job } from './job.js';

type Env = Readonly<Record<string, string | undefined>>;

/** How an agent signs its commits; the same address as the server's own commits for it carry. */
export const signature = (agent: Job['agent']): { readonly name: string; readonly email: string } => ({
  name: agent.name,
  email: `${agent.id}@agents.clawtank.invalid`,
});

/**
 * The command's environment: this process's own, without anything that could speak to the server in somebody's name
 * or lead git elsewhere, and what the job is about.
 */
export function jobEnv(inherited: Env, job: Job, jsonFile: string): Record<string, string> {
  const own = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(CLAWTANK_|GIT_)/.test(entry[0]),
  );
  const { name, email } = signature(job.agent);
  return {
    ...Object.fromEntries(own),
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    CLAWTANK_REASON: job.reason,
    CLAWTANK_TASK_ID: job.task.id,
    CLAWTANK_TASK_KEY: job.task.key,
    CLAWTANK_TASK_TITLE: job.task.title,
    CLAWTANK_TASK_JSON: jsonFile,
    CLAWTANK_ROOM_ID: job.room.id,
    CLAWTANK_ROOM_SLUG: job.room.slug,
    CLAWTANK_ROOM_NAME: job.room.name,
    CLAWTANK_BRANCH: job.claim.branch,
    CLAWTANK_BASE_BRANCH: job.claim.base_branch,
    CLAWTANK_DEFAULT_BRANCH: job.room.defaultBranch,
    CLAWTANK_FENCE: String(job.claim.fence),
    CLAWTANK_AGENT: job.agent.handle,
    CLAWTANK_SERVER: job.server,
  };
}

/** What CLAWTANK_TASK_JSON holds: the job without its git credential. */
export function jobJson(job: Job): object {
  const { git_credential: _, ...claim } = job.claim;
  const { reason, task, agent, room, context, pullRequest, instruction, conflictFiles } = job;
  return {
    reason,
    task,
    claim,
    agent,
    room,
    context,
    pull_request: pullRequest ?? null,
    instruction: instruction ?? null,
    conflict_files: conflictFiles,
  };
}
