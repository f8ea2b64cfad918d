/** What a pull request at a code host says of where it comes from. */
export interface Origin {
  readonly taskKey: string;
  readonly taskTitle: string;
  readonly roomName: string;
  /** Where people open the room; null where the server does not know its own address. */
  readonly roomUrl: string | null;
  /** Oldest first; empty where whoever reads the repository may not read the room. */
  readonly decisions: readonly string[];
}

const MOST_DECISIONS = 10;
const MOST_CHARS = 300;

/** One line that calls nobody, refers to nothing and closes no issue at the host. */
function inert(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS - 1)}…` : line;
  return short.replace(/[\\`*_[\]<>|~]/g, '\\$&').replace(/[@#!](?=\w)/g, '$&<!-- -->');
}

/** The text of a pull request, with the task that it is for, the room, and the decisions that it was made under. */
export function citing(body: string, { taskKey, taskTitle, roomName, roomUrl, decisions }: Origin): string {
  const room = roomUrl === null ? inert(roomName) : `[${inert(roomName)}](${roomUrl})`;
  const lines = [`ClawTank task ${taskKey}, “${inert(taskTitle)}”, of the room ${room}.`];
  const last = decisions.slice(-MOST_DECISIONS);
  if (last.length > 0) lines.push('', 'Decided there:', ...last.map((text) => `- ${inert(text)}`));
  return `${body.trimEnd()}\n\n---\n\n${lines.join('\n')}\n`.trimStart();
}
