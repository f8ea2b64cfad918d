import { findSecret } from '@clawtank/kernel';
import { fail } from './failures.js';

const exempt = new WeakMap<object, Set<string>>();

/** Marks a field of an input class that is there for a secret: a token, a password. In all others a secret is refused. */
export const Secret = (): PropertyDecorator => (target, property) => {
  const known = exempt.get(target) ?? new Set<string>();
  exempt.set(target, known.add(String(property)));
};

/** @throws text.secret when a field that is not there for it holds a secret, whose words it does not repeat */
export function refuseSecrets(input: object): void {
  const found = secretIn(input, '');
  if (!found) return;
  const { path, kind } = found;
  const errors = [{ path, message: `must not hold a secret; this looks like ${kind}` }];
  throw fail('text.secret', { field: path, kind }, { errors });
}

interface Found {
  readonly path: string;
  readonly kind: string;
}

function secretIn(value: unknown, path: string): Found | undefined {
  if (typeof value === 'string') {
    const kind = findSecret(value);
    return kind === undefined ? undefined : { path, kind };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    if (isForSecret(value, key)) continue;
    const found = secretIn(child, path ? `${path}.${key}` : key);
    if (found) return found;
  }
  return undefined;
}

function isForSecret(input: object, field: string): boolean {
  for (let type: unknown = Object.getPrototypeOf(input); isObject(type); type = Object.getPrototypeOf(type))
    if (exempt.get(type)?.has(field)) return true;
  return false;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
