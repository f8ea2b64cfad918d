import { hash, verify } from '@node-rs/argon2';

/** The library's enum is erased at compile time; this is its value for argon2id. */
const ARGON2ID = 2;

// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
const OPTIONS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | undefined;

/** argon2id with a salt of its own, as a PHC string. */
export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

/**
 * Checks a password. Without an account it checks against a decoy, so that the time taken does not tell
 * whether the account exists.
 */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const matches = await verify(stored ?? (await decoy), password);
  return stored !== undefined && matches;
}
