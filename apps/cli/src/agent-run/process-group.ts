const WINDOWS = process.platform === 'win32';

/** Whether a command gets a process group of its own, which its children are in too. */
export const OWN_GROUP = !WINDOWS;

/** Signals every process of a group by its leader; a group that is gone is fine. */
export function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(WINDOWS ? leader : -leader, signal);
  } catch {
    // The group has ended.
  }
}
