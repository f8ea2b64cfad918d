import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRE_RECEIVE_SCRIPT, preReceiveLauncher } from './pre-receive-script.js';

/**
 * Writes the server's own hooks below `dataFolder` and returns their folder, for `core.hooksPath`. The folder
 * is named by its content and appears complete or not at all, so that nodes of different versions share one
 * data folder and a restart never changes a hook under a running push.
 */
export async function writeHooksFolder(
  dataFolder: string,
  nodePath: string = process.execPath,
): Promise<string> {
  const launcher = preReceiveLauncher(nodePath);
  const name = createHash('sha256').update(launcher).update(PRE_RECEIVE_SCRIPT).digest('hex').slice(0, 16);
  const folder = join(dataFolder, 'hooks', name);
  const building = join(dataFolder, 'hooks', `.building-${randomUUID()}`);
  await mkdir(building, { recursive: true, mode: 0o755 });
  try {
    await writeFile(join(building, 'pre-receive.cjs'), PRE_RECEIVE_SCRIPT, { mode: 0o644 });
    await writeFile(join(building, 'pre-receive'), launcher, { mode: 0o755 });
    await rename(building, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return folder;
}
