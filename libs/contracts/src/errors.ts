/** The closed list of error codes of the wire contract, each with its HTTP status. */
export const ERROR_STATUS = {
  AUTHENTICATION_FAILED: 401,
  TOKEN_EXPIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  VALIDATION_FAILED: 400,
  CONFLICT: 409,
  ROOM_FULL: 409,
  STALE_CLAIM: 409,
  PATHS_LEASED: 409,
  SECRET_DETECTED: 422,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One field that was refused; `path` is dotted, as in `changes.0.path`. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** An error as it travels: in an ack, in `connect_error.data`, and inside problem+json. */
export interface WireError {
  readonly code: ErrorCode;
  /** Fine-grained, `area.reason`, for programs: `task.taken`. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldError[];
  readonly retry_after_ms?: number;
}

/** RFC 9457 body of every REST error. */
export interface ProblemDetails extends WireError {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly instance?: string;
}
