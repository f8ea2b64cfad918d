import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'clw_';
const BODY_LENGTH = 40;
const CHECK_LENGTH = 7;

const checksum = (body: string): string => crc32(body).toString(36).padStart(CHECK_LENGTH, '0');

/** A new agent token: `clw_`, 40 hex digits of randomness, 7 of checksum. */
export function newAgentToken(): string {
  const body = randomBytes(BODY_LENGTH / 2).toString('hex');
  return `${PREFIX}${body}${checksum(body)}`;
}

/** True when the text has an agent token's form and checksum; a typo is refused without asking the database. */
export function isAgentToken(text: string): boolean {
  if (!text.startsWith(PREFIX) || text.length !== PREFIX.length + BODY_LENGTH + CHECK_LENGTH) return false;
  const body = text.slice(PREFIX.length, PREFIX.length + BODY_LENGTH);
  return text.slice(PREFIX.length + BODY_LENGTH) === checksum(body);
}

/** What is kept of a token: its SHA-256. Tokens are random, so no slow hash is needed. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
