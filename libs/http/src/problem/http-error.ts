import { HttpException } from '@nestjs/common';
import type { Failure } from '@clawtank/kernel';
import { fail } from './failures.js';

type Refuse = () => Failure;

/** Errors of the HTTP server by its own names. */
const BY_SERVER_CODE: Readonly<Record<string, Refuse>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => fail('body.too_large', {}),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => fail('body.media_type', {}),
  FST_ERR_CTP_INVALID_JSON_BODY: () => fail('body.malformed', {}),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => fail('body.malformed', {}),
};

const BY_STATUS: Readonly<Record<number, Refuse>> = {
  401: () => fail('auth.required', {}),
  403: () => fail('request.forbidden', {}),
  404: () => fail('route.unknown', {}),
  405: () => fail('route.unknown', {}),
  413: () => fail('body.too_large', {}),
  415: () => fail('body.media_type', {}),
  429: () => fail('limit.too_many', {}),
};

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/**
 * The failure behind an error of the framework or the HTTP server, or the error itself where it is neither.
 * Its text is never passed on: it may quote what was sent.
 */
export function fromHttpError(error: unknown): unknown {
  const cause = error instanceof HttpException ? error.cause : error;
  const known = BY_SERVER_CODE[String(property(cause, 'code'))];
  if (known) return known();
  const status =
    error instanceof HttpException ? error.getStatus() : Number(property(error, 'statusCode') ?? NaN);
  if (!(status >= 400 && status < 500)) return error;
  return (BY_STATUS[status] ?? (() => fail('request.malformed', {})))();
}
