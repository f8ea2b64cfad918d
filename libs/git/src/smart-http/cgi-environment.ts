import type { IncomingHttpHeaders } from 'node:http';
import { basename, dirname } from 'node:path';
import type { SmartRequest } from './smart-path.js';

const CONTENT_TYPE = /^application\/x-git-(?:upload|receive)-pack-request$/;
const PROTOCOL = /^[a-z0-9=:]{1,64}$/;

/**
 * The CGI variables (RFC 3875) for `git http-backend`, made from what was parsed and from headers that match a
 * whitelist; nothing else of the request reaches a process. Throws nothing: what doesn't match is left out.
 */
export function cgiEnvironment(
  request: SmartRequest,
  repositoryPath: string,
  headers: IncomingHttpHeaders,
  user: string,
): Record<string, string> {
  const type = headers['content-type'];
  const length = headers['content-length'];
  const protocol = headers['git-protocol'];
  const encoding = headers['content-encoding'];
  return {
    GATEWAY_INTERFACE: 'CGI/1.1',
    SERVER_PROTOCOL: 'HTTP/1.1',
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROJECT_ROOT: dirname(repositoryPath),
    PATH_INFO: `/${basename(repositoryPath)}/${request.advertises ? 'info/refs' : request.service}`,
    QUERY_STRING: request.advertises ? `service=${request.service}` : '',
    REQUEST_METHOD: request.advertises ? 'GET' : 'POST',
    // receive-pack is served to named users only; the name is also what the reflog says.
    REMOTE_USER: user,
    REMOTE_ADDR: 'clawtank',
    ...(type && CONTENT_TYPE.test(type) ? { CONTENT_TYPE: type } : {}),
    ...(length && /^\d+$/.test(length) ? { CONTENT_LENGTH: length } : {}),
    ...(encoding === 'gzip' || encoding === 'x-gzip' ? { HTTP_CONTENT_ENCODING: encoding } : {}),
    ...(typeof protocol === 'string' && PROTOCOL.test(protocol) ? { GIT_PROTOCOL: protocol } : {}),
  };
}
