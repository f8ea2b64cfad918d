/** Processor time of this process so far, in microseconds. */
export function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Tells the parent that the server is ready, answers what it asks, and stops when it lets go. */
export function serve(
  ready: object,
  answer: (question: Record<string, unknown>) => unknown,
  stop: () => Promise<void>,
): void {
  process.on('message', (question) => {
    const asked = question as Record<string, unknown>;
    const reply = asked['memory']
      ? { bytes: heldBytes() }
      : asked['cpu']
        ? { cpu: cpuMicros() }
        : answer(asked);
    void Promise.resolve(reply).then((given) => process.send?.(given ?? {}));
  });
  process.on('disconnect', () => void stop().then(() => process.exit(0)));
  process.send?.(ready);
}

/** What is alive on the heap and beside it; the process is started with `--expose-gc`. */
function heldBytes(): number {
  for (let time = 0; time < 3; time += 1) global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Sends something to everybody at a steady pace, then tells what it cost. */
export async function paced(count: number, everyMs: number, send: (index: number) => void): Promise<number> {
  const before = cpuMicros();
  const begun = performance.now();
  for (let index = 0; index < count; index += 1) {
    send(index);
    const wait = begun + (index + 1) * everyMs - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(wait, 0)));
  }
  return cpuMicros() - before;
}
