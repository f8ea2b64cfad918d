const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;

export interface StopSignal {
  /** Aborted at the first Ctrl-C (or SIGTERM, SIGHUP): whoever works now ends in order. */
  readonly signal: AbortSignal;
  dispose(): void;
}

/** The second Ctrl-C does not wait for anybody. */
export function stopSignal(): StopSignal {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort(new Error('interrupted'));
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
