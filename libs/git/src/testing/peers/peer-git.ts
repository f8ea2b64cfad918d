import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import { parseCgiHead } from '../../smart-http/cgi-head.js';

export interface PeerGitRequest {
  /** `owner/name` */
  readonly fullName: string;
  readonly service: 'git-upload-pack' | 'git-receive-pack';
  readonly endpoint: string;
}

const ENDPOINT = /^\/(.+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** What a git client asks for; undefined for every other request. */
export function readGitRequest(req: IncomingMessage): PeerGitRequest | undefined {
  const url = new URL(req.url ?? '/', 'http://peer');
  const [, fullName, endpoint] = ENDPOINT.exec(url.pathname) ?? [];
  if (!fullName || !endpoint) return undefined;
  const service = endpoint === 'info/refs' ? url.searchParams.get('service') : endpoint;
  if (service !== 'git-upload-pack' && service !== 'git-receive-pack') return undefined;
  return { fullName: decodeURIComponent(fullName), service, endpoint };
}

/** Serves one request by `git http-backend`; resolves when git has ended, before the answer ends. */
export async function serveGit(
  req: IncomingMessage,
  res: ServerResponse,
  { service, endpoint }: PeerGitRequest,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const header = (name: string): string => String(req.headers[name] ?? '');
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      ...env,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROJECT_ROOT: dirname(path),
      PATH_INFO: `/${basename(path)}/${endpoint}`,
      QUERY_STRING: endpoint === 'info/refs' ? `service=${service}` : '',
      REQUEST_METHOD: req.method ?? 'GET',
      REMOTE_USER: 'peer',
      CONTENT_TYPE: header('content-type'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
      ...(header('content-length') ? { CONTENT_LENGTH: header('content-length') } : {}),
    },
  });
  child.stdin.on('error', () => req.resume());
  req.pipe(child.stdin);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(Buffer.from(chunk));
  const head = parseCgiHead(Buffer.concat(chunks));
  res.writeHead(head?.status ?? 502, Object.fromEntries(head?.headers ?? []));
  res.write(head?.rest ?? '');
}
