import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { CliError } from '../usage-error.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The command with its program as a path that does not depend on the folder it is run in.
 * @throws CliError `agent.command_missing`: better at once than with the first task
 */
export function findCommand(command: readonly string[], env: Env): readonly string[] {
  const [file = '', ...args] = command;
  if (/[\\/]/.test(file)) return [mustRun(resolve(file)), ...args];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  if (folders.some((folder) => extensions(env).some((end) => runs(join(folder, file + end))))) return command;
  throw new CliError('agent.command_missing', `There is no command ${file} here`);
}

const extensions = (env: Env): readonly string[] =>
  process.platform === 'win32' ? (env['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';') : [''];

function mustRun(path: string): string {
  if (runs(path)) return path;
  throw new CliError('agent.command_missing', `${path} is nothing that can be run`);
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
