import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './serve.js';

/** What GitHub's own page on validating deliveries shows, on nothing but `node:http`: verify, parse, answer. */
const secret = process.env['GITHUB_WEBHOOK_SECRET'] ?? '';
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    const given = String(request.headers['x-hub-signature-256']);
    const proven =
      given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
    if (!proven) {
      response.writeHead(401).end();
      return;
    }
    const payload: unknown = JSON.parse(body.toString('utf8'));
    response.writeHead(202, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify({ delivery_id: request.headers['x-github-delivery'], repeated: payload === null }),
    );
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

serve(
  { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/webhooks/github` },
  () => ({ kept: 0 }),
  async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  },
);
