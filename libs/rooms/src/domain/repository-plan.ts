import type { RepositoryInput } from '@clawtank/contracts';
import { fail } from './failures.js';
import type { RepositoryRequest } from './room.js';

export type RepositoryPlan = Pick<RepositoryRequest, 'host' | 'source' | 'url' | 'fullName'>;

/**
 * What a new room's repository is to be made from; an empty one on the built-in host when nothing is said.
 * @throws repository.host_unavailable, repository.url_missing, repository.url_unexpected
 */
export function planRepository(input: RepositoryInput | undefined): RepositoryPlan {
  if (!input) return { host: 'local', source: 'empty', url: null, fullName: null };
  if (input.host !== 'local') throw fail('repository.host_unavailable', { host: input.host });
  const source = input.source ?? (input.url === undefined ? 'empty' : 'import');
  if (source === 'import' && input.url === undefined) throw fail('repository.url_missing', {});
  if (source !== 'import' && input.url !== undefined) throw fail('repository.url_unexpected', {});
  return { host: input.host, source, url: input.url ?? null, fullName: input.full_name ?? null };
}
