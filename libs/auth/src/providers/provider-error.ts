import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

/** A provider answered, and not with what was asked for. */
export class UnusableAnswer extends Error {
  constructor(
    message: string,
    readonly status = 200,
  ) {
    super(message);
    this.name = 'UnusableAnswer';
  }
}

const PROVES_NOTHING = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_PARSE_ERROR',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
]);

const FIRST_SERVER_ERROR = 500;

/** The status of an answer that the client library could not use. */
const statusOf = (cause: unknown): number => {
  const status: unknown =
    typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'status') : undefined;
  return typeof status === 'number' ? status : FIRST_SERVER_ERROR;
};

export type ProviderTrouble = 'denied' | 'refused' | 'away';

/** What a failed exchange with a provider means to who waits for it. */
export function troubleOf(error: unknown): ProviderTrouble {
  if (error instanceof AuthorizationResponseError)
    return error.error === 'access_denied' ? 'denied' : 'refused';
  if (error instanceof ResponseBodyError) return 'refused';
  if (error instanceof UnusableAnswer) return error.status >= FIRST_SERVER_ERROR ? 'away' : 'refused';
  if (error instanceof Error && 'code' in error && PROVES_NOTHING.has(String(error.code))) return 'refused';
  if (error instanceof ClientError && error.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM')
    return statusOf(error.cause) >= FIRST_SERVER_ERROR ? 'away' : 'refused';
  return 'away';
}

/** For the log: what went wrong, and never a token, a code or a secret. */
export function describeTrouble(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) return error.error;
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? `${String(error.code)}: ` : '';
  const { cause } = error;
  return code + error.message + (cause instanceof Error ? ` (${cause.message})` : '');
}
