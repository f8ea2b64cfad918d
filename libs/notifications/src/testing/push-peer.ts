import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '@clawtank/limits/testing';

/** What a push service was sent, opened with the keys that only the browser has. */
export interface ReceivedPush {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it went over the wire. */
  readonly sealed: Buffer;
}

/** A push service on loopback, which answers with the next of `answers`, or 201. */
export interface PushPeer {
  readonly origin: string;
  readonly caFile: string;
  readonly received: ReceivedPush[];
  readonly answers: { readonly status: number; readonly headers?: Readonly<Record<string, string>> }[];
  stop(): Promise<void>;
}

export async function startPushPeer(): Promise<PushPeer> {
  const folder = await mkdtemp(join(tmpdir(), 'clawtank-push-'));
  const pair = selfSigned('localhost');
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, pair.cert);
  const received: ReceivedPush[] = [];
  const answers: PushPeer['answers'] = [];
  const server = createServer(pair, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, sealed: Buffer.concat(parts) });
      const { status, headers } = answers.shift() ?? { status: 201 };
      response.writeHead(status, headers).end();
    });
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${String(port)}`,
    caFile,
    received,
    answers,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await rm(folder, { recursive: true });
    },
  };
}

/** The browser's side of a subscription. */
export interface Browser {
  readonly p256dh: string;
  readonly auth: string;
  open(sealed: Buffer): unknown;
}

const derived = (secret: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));

/** Written after RFC 8188 and RFC 8291, not after the library that seals. */
export function aBrowser(): Browser {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys();
  const auth = randomBytes(16);
  return {
    p256dh: publicKey.toString('base64url'),
    auth: auth.toString('base64url'),
    open: (sealed) => {
      const salt = sealed.subarray(0, 16);
      const keyEnd = 21 + sealed.readUInt8(20);
      const senderKey = sealed.subarray(21, keyEnd);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, senderKey]);
      const input = derived(pair.computeSecret(senderKey), auth, info, 32);
      const key = derived(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
      const nonce = derived(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
      const opening = createDecipheriv('aes-128-gcm', key, nonce);
      opening.setAuthTag(sealed.subarray(-16));
      const padded = Buffer.concat([opening.update(sealed.subarray(keyEnd, -16)), opening.final()]);
      return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString());
    },
  };
}

/** The claims of a push's signature, once it is found to be by that key (RFC 8292). */
export function vapidClaims(push: ReceivedPush, publicKey: string): Record<string, unknown> {
  const header = String(push.headers['authorization']);
  const [, token = '', key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header) ?? [];
  if (key !== publicKey) throw new Error(`signed for another key: ${header}`);
  const [head = '', body = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const by = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', Buffer.from(`${head}.${body}`), by, Buffer.from(signature, 'base64url')))
    throw new Error('the signature is wrong');
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
}
