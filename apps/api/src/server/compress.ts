import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** Shorter answers cost more to pack than to send. */
const WORTH = 2_048;

/** Quick rather than small: a frame of events shrinks to a tenth at either. */
const LEVEL = 4;

const pack = promisify<string, { readonly level: number }, Buffer>(gzip);

/**
 * Packs long answers to reads for callers that can unpack them. What answers a command is never packed: tokens are
 * among it, and a packed answer's length tells of what is in it.
 */
export function compressReads(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || typeof payload !== 'string' || payload.length < WORTH) return payload;
    reply.header('Vary', 'Accept-Encoding');
    const accepted = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(
      request.headers['accept-encoding'] ?? '',
    );
    if (!accepted || reply.hasHeader('Content-Encoding')) return payload;
    const packed = await pack(payload, { level: LEVEL });
    reply.header('Content-Encoding', 'gzip').removeHeader('Content-Length');
    return packed;
  });
}
