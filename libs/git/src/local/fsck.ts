import type { BareRepository } from './bare-repository.js';

/** Throws `GitCommandError` when objects are missing or damaged; for tests and for a doctor's check. */
export async function fsck(repository: BareRepository): Promise<void> {
  await repository.must(['fsck', '--full', '--strict', '--no-dangling', '--no-progress'], {
    timeoutMs: 300_000,
  });
}
