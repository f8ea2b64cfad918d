import type { Priority } from '@clawtank/contracts';
import { priorityNamed } from './priority-words.js';

export interface SlashCommand {
  readonly title: string;
  readonly description: string;
  readonly priority: Priority | null;
  /** Handles named before the title. */
  readonly handles: readonly string[];
}

const COMMAND = /^\/task(?:\s+|$)/i;
/** `[high]`, `!high`, `--high`, `priority:high`, `-p high`, `high:`. */
const FLAG =
  /^(?:\[([a-z0-9]+)\]|!([a-z0-9]+)|--(?:priority[= ])?([a-z0-9]+)|-p\s+([a-z0-9]+)|prio(?:rity)?[:=]\s*([a-z0-9]+)|([a-z0-9]+)(?: prio(?:rity)?)?:)(?:\s+|$)/i;
const HANDLE = /^@([a-z0-9][a-z0-9_-]*),?(?:\s+|$)/i;

export const isSlashCommand = (text: string): boolean => COMMAND.test(text.trimStart());

/**
 * Reads `/task [high] @agent title`, with what follows the first line as description.
 * @returns undefined for a command without a title
 */
export function readSlashCommand(text: string): SlashCommand | undefined {
  const [first = '', ...more] = text.trim().replace(COMMAND, '').split(/\r?\n/);
  let rest = first.trim();
  let priority: Priority | null = null;
  const handles: string[] = [];
  for (;;) {
    const handle = HANDLE.exec(rest);
    const flag = FLAG.exec(rest);
    const named = flag && priorityNamed(flag.slice(1).find((word) => word !== undefined) ?? '');
    if (handle) handles.push((handle[1] ?? '').toLowerCase());
    else if (named) priority = named;
    else break;
    rest = rest.slice((handle ?? flag)?.[0].length ?? 0).trim();
  }
  if (rest === '') return undefined;
  return { title: rest, description: more.join('\n').trim(), priority, handles };
}
