import { ERROR_STATUS, type ErrorCode, type ProblemDetails, type WireError } from '@clawtank/contracts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const TITLES: Readonly<Record<ErrorCode, string>> = {
  AUTHENTICATION_FAILED: 'Authentication failed',
  TOKEN_EXPIRED: 'Token expired',
  FORBIDDEN: 'Forbidden',
  NOT_FOUND: 'Not found',
  VALIDATION_FAILED: 'Invalid request',
  CONFLICT: 'Conflict',
  ROOM_FULL: 'Room full',
  STALE_CLAIM: 'Stale claim',
  PATHS_LEASED: 'Paths leased',
  SECRET_DETECTED: 'Secret detected',
  PAYLOAD_TOO_LARGE: 'Payload too large',
  RATE_LIMITED: 'Rate limited',
  UNAVAILABLE: 'Unavailable',
  INTERNAL: 'Internal error',
};

/** The RFC 9457 body of an error. It names no request, so that two refusals that must look alike do. */
export function toProblem(error: WireError): ProblemDetails {
  return {
    type: `urn:clawtank:error:${error.reason}`,
    title: TITLES[error.code],
    status: ERROR_STATUS[error.code],
    ...error,
  };
}

/** Headers that go with a problem: its media type and, where a retry may succeed, when. */
export function problemHeaders(error: WireError): Readonly<Record<string, string>> {
  const wait = error.retry_after_ms;
  return {
    'Content-Type': PROBLEM_TYPE,
    ...(wait === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(wait / 1_000))) }),
    ...(ERROR_STATUS[error.code] === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  };
}
