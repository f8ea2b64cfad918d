const KILL_AFTER_MS = 5_000;

/** Signals every process of a group whose leader was spawned `detached`; a group that is gone is fine. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // The group has ended, or (macOS says EPERM then) only its unreaped leader is left.
  }
}

/**
 * Asks a group to end, which lets git remove its lock files, and kills what is left of it after five seconds.
 * Returns a function to call once the leader has ended.
 */
export function endGroup(leader: number): () => void {
  signalGroup(leader, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(leader, 'SIGKILL'), KILL_AFTER_MS);
  return () => {
    clearTimeout(timer);
    signalGroup(leader, 'SIGKILL');
  };
}
