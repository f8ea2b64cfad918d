import type { Logger } from '@nestjs/common';

/** Writes an error that no client may see to the server's log, with the id that the client was told. */
export const reportTo =
  (log: Logger) =>
  (error: unknown, requestId: string): void => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error({ request_id: requestId, error: text });
  };
