import type { WebhookProvider } from './webhook-provider.js';

/**
 * What a delivery says may have changed. What really has is read from the host: deliveries come late, twice, in any
 * order, or never.
 */
export interface HostNews {
  /** As the host names it; null where the delivery speaks of none. */
  readonly repository: { readonly fullName: string } | null;
  /** Branches and tags. */
  readonly refs: boolean;
  /** Numbers of pull requests. */
  readonly pulls: readonly number[];
  /** Commits whose checks were reported. */
  readonly checks: readonly string[];
  /** The connection itself: renamed, archived, protected, taken away from us. */
  readonly connection: boolean;
}

type Changes = Partial<Omit<HostNews, 'repository'>>;

const SHA = /^[0-9a-f]{40,64}$/;

/** The value at a path of fields, of whatever kind. */
const at = (payload: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined,
    payload,
  );

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const numbers = (...values: readonly unknown[]): number[] =>
  values.filter((value): value is number => Number.isSafeInteger(value) && Number(value) > 0);

const shas = (...values: readonly unknown[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && SHA.test(value));

const REFS: Changes = { refs: true };
const CONNECTION: Changes = { connection: true };

const pullOf = (payload: unknown): Changes => ({ pulls: numbers(at(payload, 'pull_request', 'number')) });
const movedPull = (payload: unknown): Changes => ({ ...pullOf(payload), refs: true });
const headOf =
  (name: string) =>
  (payload: unknown): Changes => ({ checks: shas(at(payload, name, 'head_sha')) });

type Reader = (payload: unknown) => Changes;

/** The events that we ask GitHub for. Whatever else comes is kept and changes nothing. */
const GITHUB: Readonly<Record<string, Reader>> = {
  push: () => REFS,
  create: () => REFS,
  delete: () => REFS,
  pull_request: movedPull,
  pull_request_review: pullOf,
  pull_request_review_comment: pullOf,
  check_run: headOf('check_run'),
  check_suite: headOf('check_suite'),
  workflow_run: headOf('workflow_run'),
  status: (payload) => ({ checks: shas(at(payload, 'sha')) }),
  branch_protection_rule: () => CONNECTION,
  repository: () => CONNECTION,
  public: () => CONNECTION,
  installation: () => CONNECTION,
  installation_repositories: () => CONNECTION,
};

/** GitLab's, by the kind that the payload names: the header's text differs between versions. */
const GITLAB: Readonly<Record<string, Reader>> = {
  push: () => REFS,
  tag_push: () => REFS,
  merge_request: (payload) => ({ pulls: numbers(at(payload, 'object_attributes', 'iid')), refs: true }),
  note: (payload) => ({ pulls: numbers(at(payload, 'merge_request', 'iid')) }),
  pipeline: (payload) => ({ checks: shas(at(payload, 'object_attributes', 'sha')) }),
  build: (payload) => ({ checks: shas(at(payload, 'sha')) }),
};

function repositoryOf(provider: WebhookProvider, payload: unknown): HostNews['repository'] {
  const fullName =
    provider === 'github'
      ? text(at(payload, 'repository', 'full_name'))
      : text(at(payload, 'project', 'path_with_namespace'));
  return fullName === undefined ? null : { fullName };
}

/**
 * What a delivery may have changed; null for an event that means nothing to a room, a ping among them. Takes any
 * payload at all: a field that is missing or odd is one that says nothing.
 */
export function newsOf(provider: WebhookProvider, event: string, payload: unknown): HostNews | null {
  const name = provider === 'github' ? event : (text(at(payload, 'object_kind')) ?? '');
  const table = provider === 'github' ? GITHUB : GITLAB;
  const reader = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!reader) return null;
  const nothing = { refs: false, pulls: [], checks: [], connection: false };
  return { repository: repositoryOf(provider, payload), ...nothing, ...reader(payload) };
}

/** Several deliveries about one repository, as one. */
export function mergeNews(all: readonly HostNews[]): Omit<HostNews, 'repository'> {
  return {
    refs: all.some(({ refs }) => refs),
    pulls: [...new Set(all.flatMap(({ pulls }) => pulls))].sort((a, b) => a - b),
    checks: [...new Set(all.flatMap(({ checks }) => checks))],
    connection: all.some(({ connection }) => connection),
  };
}
