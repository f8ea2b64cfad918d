import { Logger } from '@nestjs/common';
import type { WireError } from '@clawtank/contracts';
import { toWireError } from '@clawtank/commands';
import { reportTo } from '@clawtank/http';
import { newId } from '@clawtank/kernel';

const report = reportTo(new Logger('handshake'));

/** What a client finds in `connect_error`. */
class ConnectError extends Error {
  constructor(readonly data: WireError) {
    super(data.message);
  }
}

/** A namespace's middleware from a check that throws when it refuses. */
export function handshake<S>(
  admit: (socket: S) => Promise<void> | void,
): (socket: S, next: (error?: Error) => void) => void {
  return (socket, next) => {
    void Promise.resolve()
      .then(() => admit(socket))
      .then(
        () => next(),
        (error: unknown) => next(new ConnectError(toWireError(error, newId(), report))),
      );
  };
}
