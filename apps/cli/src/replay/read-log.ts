import { isWhole } from '@clawtank/agent-sdk';
import type { MemberEvent } from '@clawtank/contracts';
import { CliError } from '../usage-error.js';

/** A stretch of a log; frames of a whole log tile. */
export interface LogFrame {
  readonly from: number;
  readonly to: number;
  readonly events: readonly MemberEvent[];
}

const FORMAT = 'clawtank.log';
const VERSION = 1;

/**
 * The frames of an exported log.
 * @throws CliError `replay.not_a_log`, `replay.version`, `replay.broken` where a frame is missing or cut off
 */
export async function* readLog(lines: AsyncIterable<string>): AsyncGenerator<LogFrame> {
  let to: number | undefined;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const value = parse(line, number);
    if (to === undefined) {
      if (value['format'] !== FORMAT)
        throw new CliError('replay.not_a_log', 'This is no log that `clawtank export` wrote.');
      if (value['version'] !== VERSION)
        throw new CliError(
          'replay.version',
          `This log is of version ${String(value['version'])}, not ${VERSION}.`,
        );
      to = 0;
      continue;
    }
    const frame = value as Partial<LogFrame>;
    if (frame.from !== to + 1 || typeof frame.to !== 'number' || !Array.isArray(frame.events))
      throw new CliError('replay.broken', `Line ${number} does not go on after event ${to}.`);
    to = frame.to;
    yield frame as LogFrame;
  }
  if (to === undefined) throw new CliError('replay.not_a_log', 'The file is empty.');
}

function parse(line: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, as what is no object is.
  }
  if (number === 1) throw new CliError('replay.not_a_log', 'This is no log that `clawtank export` wrote.');
  throw new CliError('replay.broken', `Line ${number} is cut off.`);
}

/** Names for the ids in a log, learnt from it on the way. */
export class LogNames {
  readonly agents: { readonly agent: { readonly id: string; readonly name: string } }[] = [];
  readonly tasks: { readonly id: string; readonly key: string }[] = [];

  learn(event: MemberEvent): void {
    if (!isWhole(event)) return;
    if (event.type === 'agent.joined') this.agents.unshift({ agent: event.data.agent });
    if (event.type === 'task.created') this.tasks.push({ id: event.data.task_id, key: event.data.key });
  }
}
