import type { ServerResponse } from 'node:http';
import type { Failure } from '@clawtank/kernel';
import type { SmartRequest } from './smart-path.js';

const line = (text: string): string =>
  `${(Buffer.byteLength(text) + 4).toString(16).padStart(4, '0')}${text}`;

/** Asks for credentials; the same for every repository, whether or not it exists. */
export function askForCredentials(res: ServerResponse): void {
  res
    .writeHead(401, {
      'WWW-Authenticate': 'Basic realm="ClawTank", charset="UTF-8"',
      'Content-Type': 'text/plain',
    })
    .end('Credentials are needed.\n');
}

export function answerPlain(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

/**
 * Refuses in the words of the protocol where it has some: an `ERR` packet (gitprotocol-pack) in the list of refs
 * is shown to the user, while of an HTTP error the git client shows the number alone.
 */
export function refuse(res: ServerResponse, request: SmartRequest, status: number, failure: Failure): void {
  const text = `ClawTank: ${failure.code} ${failure.message}`.replace(/\p{Cc}+/gu, ' ');
  if (!request.advertises) return answerPlain(res, status, text);
  const body = `${line(`# service=${request.service}\n`)}0000${line(`ERR ${text}\n`)}`;
  res
    .writeHead(200, {
      'Content-Type': `application/x-${request.service}-advertisement`,
      'Cache-Control': 'no-cache',
    })
    .end(body);
}
