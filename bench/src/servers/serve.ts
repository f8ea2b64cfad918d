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
    void Promise.resolve(answer(question as Record<string, unknown>)).then((reply) =>
      process.send?.(reply ?? {}),
    );
  });
  process.on('disconnect', () => void stop().then(() => process.exit(0)));
  process.send?.(ready);
}

/** Sends something to everybody at a steady pace, then tells what it cost. */
export async function paced(count: number, everyMs: number, send: (index: number) => void): Promise<number> {
  const before = cpuMicros();
  for (let index = 0; index < count; index += 1) {
    send(index);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return cpuMicros() - before;
}
