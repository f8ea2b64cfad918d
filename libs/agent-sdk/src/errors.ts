import type { ErrorCode, FieldError, ProblemDetails, WireError } from '@clawtank/contracts';

/**
 * Every refusal and every failure of this SDK. `code` is one of the wire contract's closed list; `reason` is
 * fine-grained (`task.taken`). What happened on this side of the wire has a reason that starts with `client.`:
 * `client.timeout`, `client.disconnected`, `client.closed`, `client.network`, `client.protocol`,
 * `client.resync`, and code UNAVAILABLE (INTERNAL for `client.protocol`).
 */
export class ClawTankError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** The fields that were refused. */
  readonly errors: readonly FieldError[];
  /** Milliseconds after which a retry may succeed; undefined when the server named none. */
  readonly retryAfterMs: number | undefined;

  constructor(error: WireError, options?: { cause?: unknown }) {
    super(error.message, options);
    this.name = 'ClawTankError';
    this.code = error.code;
    this.reason = error.reason;
    this.details = error.details ?? {};
    this.errors = error.errors ?? [];
    this.retryAfterMs = error.retry_after_ms;
  }

  /** The same command may succeed if it is sent again unchanged, a moment later. */
  get isTransient(): boolean {
    return this.code === 'UNAVAILABLE' || this.code === 'RATE_LIMITED';
  }

  toJSON(): WireError {
    return {
      code: this.code,
      reason: this.reason,
      message: this.message,
      ...(Object.keys(this.details).length > 0 ? { details: this.details } : {}),
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
      ...(this.retryAfterMs === undefined ? {} : { retry_after_ms: this.retryAfterMs }),
    };
  }
}

type ClientReason = 'timeout' | 'disconnected' | 'closed' | 'network' | 'resync';

/** A failure on this side of the wire. */
export const clientError = (reason: ClientReason, message: string, cause?: unknown): ClawTankError =>
  new ClawTankError({ code: 'UNAVAILABLE', reason: `client.${reason}`, message }, { cause });

/** The peer sent what the wire contract does not have. */
export const protocolError = (message: string): ClawTankError =>
  new ClawTankError({ code: 'INTERNAL', reason: 'client.protocol', message });

/** True when `error` has this reason, e.g. `task.taken`. */
export const hasReason = (error: unknown, reason: string): boolean =>
  error instanceof ClawTankError && error.reason === reason;

/** True when `error` has this code, e.g. `STALE_CLAIM`. */
export const hasCode = (error: unknown, code: ErrorCode): boolean =>
  error instanceof ClawTankError && error.code === code;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Reads an error as it travels; undefined for anything else. */
export function asWireError(value: unknown): WireError | undefined {
  if (!isObject(value) || !('code' in value) || !('message' in value)) return undefined;
  if (typeof value.code !== 'string' || typeof value.message !== 'string') return undefined;
  const reason = 'reason' in value && typeof value.reason === 'string' ? value.reason : value.code;
  return { ...(value as WireError), reason };
}

/** The error of a REST answer: its problem+json, or what its status alone says. */
export function errorOfAnswer(status: number, body: unknown, request: string): ClawTankError {
  const wire = asWireError(body);
  if (wire) return new ClawTankError(withoutProblemFields(wire));
  const transient = status === 502 || status === 503 || status === 504;
  return new ClawTankError({
    code: transient ? 'UNAVAILABLE' : status === 404 ? 'NOT_FOUND' : 'INTERNAL',
    reason: 'client.protocol',
    message: `${request} was answered with ${status} and no error of this protocol`,
  });
}

function withoutProblemFields(problem: WireError & Partial<ProblemDetails>): WireError {
  const { type: _type, title: _title, status: _status, instance: _instance, ...wire } = problem;
  return wire;
}
