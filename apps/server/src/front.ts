import {
  createServer,
  type IncomingMessage,
  request,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { WebChild } from './web/web-child.js';

/** Paths that Nest serves; everything else belongs to the pages. */
const NEST = /^\/(?:api|webhooks|git|healthz|readyz|metrics|socket\.io)(?:[/?]|$)/;

export const isNestPath = (url: string): boolean => NEST.test(url);

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'proxy-authorization',
  'te',
  'trailer',
]);

function forwardHeaders(message: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name)) headers[name] = value;
  }
  return headers;
}

function unavailable(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1', refresh: '1' });
  response.end('The pages are starting. This page tries again by itself.\n');
}

/** Hands a request to the pages' server on loopback. */
export function proxyToWeb(port: number | null, message: IncomingMessage, response: ServerResponse): void {
  if (port === null) return unavailable(response);
  const { method, url } = message;
  const headers = {
    ...forwardHeaders(message),
    'x-forwarded-proto': 'http',
    'x-forwarded-host': message.headers.host ?? '',
  };
  const upstream = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, forwardHeaders(answer));
    answer.pipe(response);
  });
  upstream.once('error', () => unavailable(response));
  response.once('close', () => upstream.destroy());
  message.pipe(upstream);
}

/** The one HTTP server: Nest's paths to Nest, the rest to the pages; upgrades only on `/socket.io`. */
export function createFront(nest: RequestListener, web: () => WebChild | null): Server {
  const server = createServer((message, response) => {
    if (isNestPath(message.url ?? '/')) nest(message, response);
    else proxyToWeb(web()?.port ?? null, message, response);
  });
  server.on('upgrade', (message, socket) => {
    if (!(message.url ?? '').startsWith('/socket.io'))
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });
  return server;
}
