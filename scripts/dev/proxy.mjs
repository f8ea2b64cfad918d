import { createServer, request } from 'node:http';
import { connect } from 'node:net';

/** As in the all-in-one server: these paths are the API's, the rest belongs to the pages. */
const API = /^\/(?:api|webhooks|git|healthz|readyz|metrics|socket\.io)(?:[/?]|$)/;

function refuse(response) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1', refresh: '1' });
  response.end('Restarting. This page tries again by itself.\n');
}

function rawHead({ method, url, httpVersion, rawHeaders }) {
  const headers = [];
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return `${method} ${url} HTTP/${httpVersion}\r\n${headers.join('\r\n')}\r\n\r\n`;
}

/**
 * One address for both halves while developing, sockets of either included (the pages' hot reload needs
 * one). `ports()` gives the current `{ api, web }`, either of which may be down for a moment.
 */
export function createDevProxy(ports) {
  const portFor = (url) => (API.test(url) ? ports().api : ports().web);

  const server = createServer((message, response) => {
    const { method, url, headers } = message;
    const upstream = request(
      { host: '127.0.0.1', port: portFor(url), method, path: url, headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      },
    );
    upstream.once('error', () => refuse(response));
    response.once('close', () => upstream.destroy());
    message.pipe(upstream);
  });

  server.on('upgrade', (message, socket, head) => {
    const upstream = connect({ host: '127.0.0.1', port: portFor(message.url) }, () => {
      upstream.write(rawHead(message));
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const [from, to] of [
      [upstream, socket],
      [socket, upstream],
    ]) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  return server;
}
