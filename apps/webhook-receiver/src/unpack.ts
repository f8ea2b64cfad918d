import { promisify } from 'node:util';
import { gunzip, type ZlibOptions } from 'node:zlib';
import { fail } from './failures.js';

const unzip = promisify<Buffer, ZlibOptions, Buffer>(gunzip);

const isTooLong = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

/**
 * The bytes behind a `Content-Encoding`, of which there is none or gzip. No more than `limit` are ever unpacked, so
 * that a small body can't become a big one. @throws webhook.encoding, webhook.too_large
 */
export async function unpack(body: Buffer, encoding: string, limit: number): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return body;
  if (name !== 'gzip') throw fail('webhook.encoding', {});
  try {
    return await unzip(body, { maxOutputLength: limit });
  } catch (error) {
    throw isTooLong(error) ? fail('webhook.too_large', { limit }) : fail('webhook.encoding', {});
  }
}
