export type GitService = 'git-upload-pack' | 'git-receive-pack';

export interface SmartRequest {
  readonly slug: string;
  readonly service: GitService;
  /** The first request of a clone or push, which lists the refs. */
  readonly advertises: boolean;
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$/;
const ENDPOINT = /^\/([^/]+)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/;
const isService = (text: string | null | undefined): text is GitService =>
  text === 'git-upload-pack' || text === 'git-receive-pack';

/**
 * Which of the three smart endpoints a request means; `target` is the request target below the mount point.
 * Undefined for everything else, the dumb protocol's files included.
 */
export function parseSmartRequest(method: string, target: string): SmartRequest | undefined {
  const [path = '', query = ''] = target.split('?', 2);
  const [, slug, endpoint] = ENDPOINT.exec(path) ?? [];
  if (!slug || !SLUG.test(slug)) return undefined;
  if (endpoint === 'info/refs') {
    const service = new URLSearchParams(query).get('service');
    return method === 'GET' && isService(service) ? { slug, service, advertises: true } : undefined;
  }
  return method === 'POST' && isService(endpoint)
    ? { slug, service: endpoint, advertises: false }
    : undefined;
}
