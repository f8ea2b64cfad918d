import type { RepositoryInput } from '@clawtank/contracts';
import { fail } from './failures.js';
import type { RepositoryRequest } from './room.js';

export type RepositoryPlan = Pick<RepositoryRequest, 'host' | 'source' | 'url' | 'fullName'>;

/**
 * What a new room's repository is to be made from; an empty one on the built-in host when nothing is said.
 * @throws repository.full_name_needed, repository.url_missing, repository.url_unexpected, repository.token_unexpected
 */
export function planRepository(input: RepositoryInput | undefined): RepositoryPlan {
  if (!input) return { host: 'local', source: 'empty', url: null, fullName: null };
  if (input.host !== 'local') return planHosted(input);
  if (input.token !== undefined) throw fail('repository.token_unexpected', {});
  const source = input.source ?? (input.url === undefined ? 'empty' : 'import');
  if (source === 'import' && input.url === undefined) throw fail('repository.url_missing', {});
  if (source !== 'import' && input.url !== undefined) throw fail('repository.url_unexpected', {});
  return { host: input.host, source, url: input.url ?? null, fullName: input.full_name ?? null };
}

const SEGMENT = '[A-Za-z0-9_][A-Za-z0-9._-]*';
const FULL_NAMES = {
  github: new RegExp(`^${SEGMENT}/${SEGMENT}$`),
  gitlab: new RegExp(`^${SEGMENT}(/${SEGMENT})+$`),
};

/** A repository on somebody else's host is connected, or made there when it is missing; nothing is copied. */
function planHosted(input: RepositoryInput): RepositoryPlan {
  if (input.host === 'local') throw fail('repository.host_unavailable', { host: input.host });
  const fullName = (input.full_name ?? pathOf(input.url)).replace(/\.git$/, '');
  if (!FULL_NAMES[input.host].test(fullName)) throw fail('repository.full_name_needed', { host: input.host });
  if (input.source === 'import') throw fail('repository.url_unexpected', {});
  return { host: input.host, source: input.source ?? 'empty', url: null, fullName };
}

/** People paste the address of the page. */
function pathOf(url: string | undefined): string {
  try {
    return new URL(url ?? '').pathname.replace(/^\/|\/$/g, '');
  } catch {
    return '';
  }
}
