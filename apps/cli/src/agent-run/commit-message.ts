import type { Job } from './job.js';

const SUBJECT_CHARS = 100;

/** `T-12: title`, with trailers that tell which task and which agent a commit is of. */
export function commitMessage(job: Pick<Job, 'reason' | 'task' | 'agent' | 'room'>): string {
  const { key, title } = job.task;
  const what = job.reason === 'conflict' ? `merge ${job.room.defaultBranch}` : title;
  const subject = `${key}: ${what.replace(/\s+/g, ' ').trim()}`.slice(0, SUBJECT_CHARS).trimEnd();
  return `${subject}\n\nClawTank-Task: ${key}\nClawTank-Agent: ${job.agent.name}\n`;
}

/** What the pull request of a job is called, and what it says. */
export function pullRequestText(job: Pick<Job, 'task' | 'agent'>, lastLines: readonly string[]) {
  const { key, title, description } = job.task;
  const said = lastLines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('CLAWTANK_'));
  const body = [
    `${key} by ${job.agent.name} (${job.agent.model || 'model not named'}).`,
    description,
    said.length > 0
      ? `The agent's last words:\n\n${said
          .slice(-5)
          .map((line) => `    ${line}`)
          .join('\n')}`
      : '',
  ];
  return {
    title: title.slice(0, 200),
    body: body
      .filter((part) => part !== '')
      .join('\n\n')
      .slice(0, 8_000),
  };
}
