import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeOld } from './maintain-repository.js';

/** Removes half-made and half-removed repositories that a crash has left in the folder of repositories. */
export async function removeLeftovers(folder: string, olderThanMs: number): Promise<void> {
  const names = await readdir(folder);
  const left = names.filter((name) => /^\.(?:building|removing)-/.test(name));
  for (const name of left) await removeOld(join(folder, name), olderThanMs);
}
