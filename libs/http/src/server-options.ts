import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ERROR_STATUS, LIMITS } from '@clawtank/contracts';
import { fail } from './problem/failures.js';
import { PROBLEM_TYPE, toProblem } from './problem/problem.js';
import { requestId } from './request-id.js';

interface RouterReply {
  hijack(): unknown;
  readonly raw: ServerResponse;
}

/** A path that the router can't read reaches no handler and no filter. */
function refusePath(_error: unknown, _request: unknown, reply: RouterReply): void {
  const { reason, message } = fail('request.malformed', {});
  const problem = toProblem({ code: 'VALIDATION_FAILED', reason, message });
  reply.hijack();
  reply.raw.writeHead(problem.status, { 'Content-Type': PROBLEM_TYPE }).end(JSON.stringify(problem));
}

/** What is not even HTTP is answered on the bare connection. */
function refuseConnection(_error: Error, socket: Socket): void {
  const { reason, message } = fail('request.malformed', {});
  const body = JSON.stringify(toProblem({ code: 'VALIDATION_FAILED', reason, message }));
  if (!socket.writable) return;
  const status = ERROR_STATUS.VALIDATION_FAILED;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Settings of the HTTP server that every app starts its Fastify with. */
export const SERVER_OPTIONS = {
  bodyLimit: LIMITS.COMMAND_BYTES,
  genReqId: requestId,
  logger: false,
  // A push or a clone may take its time; what must end sooner has a clock of its own.
  requestTimeout: 0,
  keepAliveTimeout: 65_000,
  forceCloseConnections: 'idle',
  clientErrorHandler: refuseConnection,
  frameworkErrors: refusePath,
} as const;
