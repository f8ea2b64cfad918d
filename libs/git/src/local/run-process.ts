import { type ChildProcess, spawn } from 'node:child_process';
import { endGroup } from './process-group.js';

export interface ProcessRun {
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Bytes of stdout that are kept; more ends the process. Stderr keeps its first 64 KiB and runs on. */
  readonly maxBytes: number;
  /** Ends the process and its children when it fires. */
  readonly signal?: AbortSignal;
}

export interface ProcessOutput {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Stdout was cut at `maxBytes`. */
  readonly truncated: boolean;
}

const MAX_STDERR_BYTES = 64 * 1024;

/**
 * Runs a program with an argument array, no shell and a process group of its own, so that ending it ends its
 * children too. Resolves whatever the exit code is; rejects only when the program could not be started.
 */
export function runProcess(
  program: string,
  args: readonly string[],
  run: ProcessRun,
): Promise<ProcessOutput> {
  const child = spawn(program, [...args], { cwd: run.cwd, env: run.env, detached: true, stdio: 'pipe' });
  let release: (() => void) | undefined;
  const stop = (): void => {
    if (child.pid !== undefined) release ??= endGroup(child.pid);
  };
  const stdout = collect(child.stdout, run.maxBytes, stop);
  const stderr = collect(child.stderr, MAX_STDERR_BYTES);
  feed(child, run.input);
  if (run.signal?.aborted) stop();
  run.signal?.addEventListener('abort', stop, { once: true });
  return new Promise<ProcessOutput>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) =>
      resolve({
        exitCode,
        stdout: stdout.bytes(),
        stderr: stderr.bytes().toString(),
        truncated: stdout.full(),
      }),
    );
  }).finally(() => {
    run.signal?.removeEventListener('abort', stop);
    release?.();
  });
}

function feed(child: ChildProcess, input: string | Uint8Array | undefined): void {
  // A program that ends before it has read everything is judged by its exit code, not by the broken pipe.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input ?? '');
}

function collect(
  stream: NodeJS.ReadableStream,
  maxBytes: number,
  onFull?: () => void,
): { readonly bytes: () => Buffer; readonly full: () => boolean } {
  const chunks: Buffer[] = [];
  let size = 0;
  let full = false;
  stream.on('data', (chunk: Buffer) => {
    if (full) return;
    const room = maxBytes - size;
    full = chunk.length > room;
    chunks.push(full ? chunk.subarray(0, room) : chunk);
    size += chunk.length;
    if (full) onFull?.();
  });
  return { bytes: () => Buffer.concat(chunks), full: () => full };
}
