import { ClawTankError } from '@clawtank/agent-sdk';
import { CliError, UsageError } from '../usage-error.js';

/** Where text goes: stdout, stderr. */
export interface Sink {
  write(text: string): unknown;
}

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Other people's words must not steer the terminal: escape sequences lose their escape. */
export const harmless = (text: string): string => text.replace(CONTROL, '');

/** The one place that writes to the terminal: for people, or as JSON, one object a line. */
export class Output {
  constructor(
    readonly json: boolean,
    private readonly out: Sink,
    private readonly err: Sink,
  ) {}

  /**
   * The result of a command.
   * @param value for programs, as one JSON object
   * @param human for people, line by line
   */
  result(value: object, human: () => string | readonly string[]): void {
    if (this.json) return this.write(JSON.stringify(value));
    const lines = human();
    for (const line of typeof lines === 'string' ? [lines] : lines) this.write(harmless(line));
  }

  /** A line of a file, as it is, whoever reads it. */
  raw(line: string): void {
    this.write(line);
  }

  /** Something said on the way, for people only; not part of the result. */
  note(text: string): void {
    if (!this.json) this.err.write(`${harmless(text)}\n`);
  }

  /** Why the command failed. */
  failure(error: unknown): void {
    const wire = wireOf(error);
    if (this.json) this.err.write(`${JSON.stringify({ error: wire })}\n`);
    else for (const line of failureLines(wire)) this.err.write(`${harmless(line)}\n`);
  }

  private write(line: string): void {
    this.out.write(`${line}\n`);
  }
}

interface Failure {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

function wireOf(error: unknown): Failure {
  if (error instanceof ClawTankError) return error.toJSON();
  if (error instanceof UsageError) return { code: 'USAGE', reason: 'cli.usage', message: error.message };
  if (error instanceof CliError) {
    // What was looked up in vain is missing, as the server would say; the rest failed on this machine.
    const code = error.reason.endsWith('.not_found') ? 'NOT_FOUND' : 'FAILED';
    return { code, reason: error.reason, message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', reason: 'cli.internal', message };
}

const failureLines = ({ message, reason, errors = [] }: Failure): string[] => [
  `clawtank: ${message}${reason === 'cli.usage' ? '' : ` (${reason})`}`,
  ...errors.map((field) => `  ${field.path}: ${field.message}`),
];
