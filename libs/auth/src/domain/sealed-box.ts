import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Any text makes a key; its id says which key sealed something without saying anything about it. */
function keyOf(secret: string): Key {
  const bytes = createHash('sha256').update('clawtank sealed box\0').update(secret).digest();
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 12), bytes };
}

/**
 * Keeps secrets that have to be read again, such as tokens of code hosts. The first key seals, every key opens, so that
 * a new one is put in front and the old one leaves once everything was sealed anew. `about` says what a secret belongs
 * to: sealed for one row, it opens for no other.
 */
export class SealedBox {
  private readonly keys: readonly Key[];

  /** @param secrets the newest first; at least one */
  constructor(secrets: readonly string[]) {
    this.keys = secrets.map(keyOf);
  }

  seal(text: string, about: string): string {
    const key = this.newest();
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key.bytes, nonce).setAAD(Buffer.from(about));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `v1.${key.id}.${sealed.toString('base64url')}`;
  }

  /** Undefined for what no key of ours has sealed for this. */
  open(sealed: string, about: string): string | undefined {
    const [version, id, text = ''] = sealed.split('.');
    const key = version === 'v1' ? this.keys.find((one) => one.id === id) : undefined;
    const bytes = Buffer.from(text, 'base64url');
    if (!key || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const opener = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
      return Buffer.concat([opener.update(body), opener.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** Sealed by the newest key already? */
  isFresh(sealed: string): boolean {
    return sealed.startsWith(`v1.${this.newest().id}.`);
  }

  private newest(): Key {
    const [key] = this.keys;
    if (!key) throw new Error('a sealed box needs a key');
    return key;
  }
}
