import { ERROR_STATUS, type ErrorCode, type WireError } from '@clawtank/contracts';
import { Failure } from '@clawtank/kernel';
import { fail } from './failures.js';

const UNAVAILABLE_RETRY_MS = 2_000;
/** Connection loss, shutdown, too many connections, disk full; also the client's own refusals. */
const DATABASE_AWAY = /^(08|57P0|53)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT)$/;
const POOL_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Driver not Connected/;

const isCode = (code: string): code is ErrorCode => code in ERROR_STATUS;

/** True when the error says that PostgreSQL can't be reached, so that a retry may succeed. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return DATABASE_AWAY.test(code) || POOL_MESSAGES.test(error.message);
}

/**
 * The one map from anything thrown to what a client sees. An unknown error becomes opaque; `report` gets it
 * with the request id for the server's log.
 */
export function toWireError(
  error: unknown,
  requestId: string,
  report: (error: unknown, requestId: string) => void,
): WireError {
  if (error instanceof Failure) return fromFailure(error);
  if (isDatabaseAway(error)) {
    return fromFailure(fail('server.unavailable', {}, { retryAfterMs: UNAVAILABLE_RETRY_MS }));
  }
  report(error, requestId);
  return fromFailure(fail('server.internal', { request_id: requestId }));
}

function fromFailure(failure: Failure): WireError {
  return {
    code: isCode(failure.code) ? failure.code : 'INTERNAL',
    reason: failure.reason,
    message: failure.message,
    ...(Object.keys(failure.details).length > 0 ? { details: failure.details } : {}),
    ...(failure.extras.errors ? { errors: failure.extras.errors } : {}),
    ...(failure.extras.retryAfterMs === undefined ? {} : { retry_after_ms: failure.extras.retryAfterMs }),
  };
}
