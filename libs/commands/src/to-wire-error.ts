import { ERROR_STATUS, type ErrorCode, type WireError } from '@clawtank/contracts';
import { isDatabaseAway } from '@clawtank/database';
import { Failure } from '@clawtank/kernel';
import { fail } from './failures.js';

const UNAVAILABLE_RETRY_MS = 2_000;
const isCode = (code: string): code is ErrorCode => code in ERROR_STATUS;

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
