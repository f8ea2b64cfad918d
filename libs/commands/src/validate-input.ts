import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { LIMITS, type FieldError } from '@clawtank/contracts';
import { fail } from './failures.js';

const MAX_DEPTH = 12;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Turns what came over the wire into an instance of the command's input class.
 * @throws input.invalid with one entry per bad field; input.too_large
 */
export async function validateInput<T extends object>(
  Input: new () => T,
  raw: unknown,
  limit: number = LIMITS.COMMAND_BYTES,
): Promise<T> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw invalid([{ path: '', message: 'must be an object' }]);
  }
  const unsafe = findUnsafe(raw, '', 0);
  if (unsafe) throw invalid([unsafe]);
  if (Buffer.byteLength(JSON.stringify(raw)) > limit) throw fail('input.too_large', { limit });
  const input = plainToInstance(Input, raw, { exposeDefaultValues: true });
  const errors = await validate(input, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  });
  if (errors.length > 0) throw invalid(errors.flatMap((error) => fieldErrors(error, '')));
  return input;
}

function invalid(errors: readonly FieldError[]): Error {
  return fail('input.invalid', {}, { errors });
}

function fieldErrors(error: ValidationError, prefix: string): FieldError[] {
  const path = prefix ? `${prefix}.${error.property}` : error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, path))];
}

/** What no field may hold: PostgreSQL refuses NUL and lone surrogates, and class-transformer walks any depth. */
function findUnsafe(value: unknown, path: string, depth: number): FieldError | undefined {
  if (typeof value === 'string') return unsafeText(value, path);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Buffer.isBuffer(value) || ArrayBuffer.isView(value)) return { path, message: 'must not be binary' };
  if (depth > MAX_DEPTH) return { path, message: 'is nested too deeply' };
  for (const [key, child] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key;
    if (FORBIDDEN_KEYS.has(key)) return { path: at, message: 'is not allowed' };
    const found = findUnsafe(child, at, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function unsafeText(text: string, path: string): FieldError | undefined {
  if (text.includes('\u0000')) return { path, message: 'must not contain NUL' };
  return text.isWellFormed() ? undefined : { path, message: 'must be well-formed Unicode' };
}
