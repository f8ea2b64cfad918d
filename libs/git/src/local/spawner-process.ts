import { runProcess } from './run-process.js';
import type { Answer, Ask } from './spawner-messages.js';

/** A process of its own, kept small: see `Spawner`. */
const running = new Map<number, AbortController>();

function answer(said: Answer): void {
  if (process.connected) process.send?.(said);
}

async function start(ask: Extract<Ask, { program: string }>): Promise<void> {
  const over = new AbortController();
  running.set(ask.id, over);
  try {
    const output = await runProcess(ask.program, ask.args, { ...ask.run, signal: over.signal });
    answer({ id: ask.id, output });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    answer({ id: ask.id, code, message });
  } finally {
    running.delete(ask.id);
  }
}

process.on('message', (ask: Ask) => {
  if ('stop' in ask) running.get(ask.id)?.abort();
  else void start(ask);
});
// A signal to the whole group is for the server, which goes on until it has drained; this one ends with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
