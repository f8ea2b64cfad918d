import { Failure } from '@clawtank/kernel';
import {
  Forge,
  type ForgeCheck,
  type ForgeDelivery,
  type ForgeHook,
  type ForgeProtection,
  type ForgePull,
  type ForgeRepository,
  type ForgeReview,
  type GitEntrance,
  type NewForgeHook,
  type NewForgePull,
  type NewForgeReview,
} from '../../application/forge.js';
import type { HostLink, HostLinks } from '../../application/host-links.js';
import { lackingPermissions } from '../../domain/app-permissions.js';
import { fail } from '../../domain/failures.js';
import type { GithubClient } from './github-client.js';
import type { GithubSettings } from './github-settings.js';
import {
  bothProtections,
  checkOfRun,
  checkOfStatus,
  protectionOf,
  pullOf,
  repositoryOf,
  reviewOf,
  UNPROTECTED,
} from './github-views.js';

type Send = ReturnType<GithubClient['for']>;

interface Target {
  readonly link: HostLink;
  readonly send: Send;
  readonly owner: string;
  readonly repo: string;
}

const PER_PAGE = 100;
const MAX_PAGES = 20;
/** What ClawTank wants to hear of. */
export const GITHUB_EVENTS = [
  'push',
  'create',
  'delete',
  'pull_request',
  'pull_request_review',
  'status',
  'check_run',
  'repository',
];
const EVENTS = { approve: 'APPROVE', request_changes: 'REQUEST_CHANGES', comment: 'COMMENT' } as const;

const lacksPermission = (error: unknown): boolean =>
  error instanceof Failure && error.reason === 'host.lacks_permission';
const isRefusal = (error: unknown, text: RegExp): boolean =>
  error instanceof Failure && error.reason === 'host.refused' && text.test(error.message);
const isMissing = (error: unknown): boolean =>
  error instanceof Failure && error.reason === 'host.not_connected';

/** GitHub by its REST API. */
export class GithubForge extends Forge {
  readonly name = 'GitHub';
  readonly issuer: string;

  constructor(
    private readonly settings: GithubSettings,
    private readonly client: GithubClient,
    private readonly links: HostLinks,
  ) {
    super();
    this.issuer = settings.url.replace(/\/+$/, '');
  }

  async repository(id: string): Promise<ForgeRepository> {
    const { send, owner, repo } = await this.target(id);
    return repositoryOf((await send('GET /repos/{owner}/{repo}', { owner, repo })).data);
  }

  async ensureRepository(id: string): Promise<ForgeRepository> {
    try {
      return await this.repository(id);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    await this.createRepository(await this.target(id)).catch((error: unknown) => {
      if (!isRefusal(error, /already exists/)) throw error;
    });
    return this.repository(id);
  }

  async setDefaultBranch(id: string, branch: string): Promise<void> {
    const { send, owner, repo } = await this.target(id);
    await send('PATCH /repos/{owner}/{repo}', { owner, repo, default_branch: branch });
  }

  async gitEntrance(id: string, afresh = false): Promise<GitEntrance> {
    const { link } = await this.target(id);
    const { token } = await this.client.credentials.of(link, afresh);
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
    return { url: `${this.settings.url}/${link.fullName}.git`, authorization: `Basic ${basic}` };
  }

  /** Of tokens GitHub tells no more than whether they may look at hooks; of an App, all. */
  async lacking(id: string): Promise<readonly string[]> {
    const { link } = await this.target(id);
    const { permissions } = await this.client.credentials.of(link);
    if (permissions) return lackingPermissions(permissions);
    try {
      await this.hooks(id);
      return [];
    } catch (error) {
      if (lacksPermission(error)) return ['repository_hooks: write'];
      throw error;
    }
  }

  async protection(id: string, branch: string): Promise<ForgeProtection> {
    const { send, owner, repo } = await this.target(id);
    const classic = await this.classicProtection(id, branch);
    // Rules can be read by everybody who reads the repository. Of a branch's own, older protection they say nothing.
    const { data } = await send('GET /repos/{owner}/{repo}/rules/branches/{branch}', { owner, repo, branch });
    const pull = data.find((rule) => rule.type === 'pull_request');
    const checks = data.find((rule) => rule.type === 'required_status_checks');
    const approvals =
      pull?.type === 'pull_request' ? pull.parameters?.required_approving_review_count : undefined;
    const required =
      checks?.type === 'required_status_checks' ? checks.parameters?.required_status_checks : undefined;
    return bothProtections(classic, {
      pullRequestRequired: pull !== undefined,
      requiredApprovals: approvals ?? 0,
      requiredChecks: (required ?? []).map(({ context }) => context),
      signedCommits: data.some(({ type }) => type === 'required_signatures'),
      linearHistory: data.some(({ type }) => type === 'required_linear_history'),
    });
  }

  /** Only who may administer a repository reads all of it; to others the branch names its required checks. */
  private async classicProtection(id: string, branch: string): Promise<ForgeProtection> {
    const { send, owner, repo } = await this.target(id);
    const place = { owner, repo, branch };
    try {
      const { data } = await send('GET /repos/{owner}/{repo}/branches/{branch}', place);
      if (!data.protected) return UNPROTECTED;
      const known = {
        ...UNPROTECTED,
        requiredChecks: data.protection.required_status_checks?.contexts ?? [],
      };
      const path = 'GET /repos/{owner}/{repo}/branches/{branch}/protection' as const;
      return await send(path, place).then(
        (reply) => protectionOf(reply.data),
        (error: unknown) => {
          if (isMissing(error) || lacksPermission(error)) return known;
          throw error;
        },
      );
    } catch (error) {
      if (isMissing(error)) return UNPROTECTED;
      throw error;
    }
  }

  async openPull(id: string, { branch, base, title, body }: NewForgePull): Promise<ForgePull> {
    const { send, owner, repo } = await this.target(id);
    try {
      const { data } = await send('POST /repos/{owner}/{repo}/pulls', {
        owner,
        repo,
        head: branch,
        base,
        title,
        body,
      });
      return pullOf(data);
    } catch (error) {
      if (!isRefusal(error, /already exists/)) throw error;
    }
    const found = (await this.pulls(id, 'open')).find((pull) => pull.branch === branch && pull.base === base);
    if (!found)
      throw fail('host.unavailable', { host: this.name, why: 'its list of pull requests lags behind' });
    return found;
  }

  async pull(id: string, number: number): Promise<ForgePull | undefined> {
    const { send, owner, repo } = await this.target(id);
    try {
      const path = 'GET /repos/{owner}/{repo}/pulls/{pull_number}' as const;
      return pullOf((await send(path, { owner, repo, pull_number: number })).data);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async pulls(id: string, state: 'open' | 'all'): Promise<readonly ForgePull[]> {
    const { send, owner, repo } = await this.target(id);
    const pulls = await pages(async (page) => {
      const sort = { sort: 'updated', direction: 'desc' } as const;
      const path = 'GET /repos/{owner}/{repo}/pulls' as const;
      return (await send(path, { owner, repo, state, ...sort, per_page: PER_PAGE, page })).data;
    });
    return pulls.map(pullOf);
  }

  async closePull(id: string, number: number): Promise<void> {
    const { send, owner, repo } = await this.target(id);
    if ((await this.pull(id, number))?.state !== 'open') return;
    const path = 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}' as const;
    await send(path, { owner, repo, pull_number: number, state: 'closed' });
  }

  async mergePull(
    id: string,
    number: number,
    { head, message }: { readonly head: string; readonly message: string },
  ): Promise<string> {
    const { send, owner, repo } = await this.target(id);
    const [title = '', ...rest] = message.trimEnd().split('\n');
    const text = {
      commit_title: title,
      commit_message: rest.join('\n').trimStart(),
      merge_method: 'merge',
    } as const;
    try {
      const path = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge' as const;
      return (await send(path, { owner, repo, pull_number: number, sha: head, ...text })).data.sha;
    } catch (error) {
      const pull = await this.pull(id, number);
      if (pull?.state === 'merged' && pull.headSha === head && pull.mergedSha) return pull.mergedSha;
      if (isRefusal(error, /head branch was modified/i))
        throw fail('git.ref_moved', { ref: pull?.branch ?? '' });
      throw error;
    }
  }

  async review(id: string, number: number, { verdict, body, comments }: NewForgeReview): Promise<void> {
    const { send, owner, repo } = await this.target(id);
    const post = async (event: (typeof EVENTS)[keyof typeof EVENTS]): Promise<void> => {
      const lines = comments.map((comment) => ({ ...comment, side: 'RIGHT' }));
      const path = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews' as const;
      await send(path, { owner, repo, pull_number: number, event, body, comments: lines });
    };
    try {
      await post(EVENTS[verdict]);
    } catch (error) {
      if (!isRefusal(error, /your own pull request/)) throw error;
      await post('COMMENT');
    }
  }

  async reviews(id: string, number: number): Promise<readonly ForgeReview[]> {
    const { send, owner, repo } = await this.target(id);
    const reviews = await pages(async (page) => {
      const path = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews' as const;
      return (await send(path, { owner, repo, pull_number: number, per_page: PER_PAGE, page })).data;
    });
    return reviews.flatMap(reviewOf);
  }

  async checks(id: string, sha: string): Promise<readonly ForgeCheck[]> {
    const { send, owner, repo } = await this.target(id);
    const range = { owner, repo, ref: sha, per_page: PER_PAGE };
    const statuses = await pages(async (page) => {
      const path = 'GET /repos/{owner}/{repo}/commits/{ref}/status' as const;
      return (await send(path, { ...range, page })).data.statuses;
    });
    const runs = await pages(async (page) => {
      const path = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs' as const;
      return (await send(path, { ...range, page })).data.check_runs;
    });
    return [...statuses.map(checkOfStatus), ...runs.map(checkOfRun)];
  }

  async setCheck(id: string, sha: string, check: ForgeCheck): Promise<void> {
    const { send, owner, repo } = await this.target(id);
    const { state, context, description, targetUrl } = check;
    const facts = { owner, repo, sha, state, context, description: description.slice(0, 140) };
    const link = targetUrl === null ? {} : { target_url: targetUrl };
    await send('POST /repos/{owner}/{repo}/statuses/{sha}', { ...facts, ...link });
  }

  async ensureHook(id: string, { url, secret }: NewForgeHook): Promise<ForgeHook> {
    const { send, owner, repo } = await this.target(id);
    const config = { url, secret, content_type: 'json', insecure_ssl: '0' };
    const rest = { owner, repo, config, events: GITHUB_EVENTS, active: true };
    const present = (await this.hooks(id)).find((hook) => hook.url === url);
    const { data } = present
      ? await send('PATCH /repos/{owner}/{repo}/hooks/{hook_id}', { ...rest, hook_id: Number(present.id) })
      : await send('POST /repos/{owner}/{repo}/hooks', { ...rest, name: 'web' });
    return { id: String(data.id), url, active: data.active, signs: true };
  }

  async hooks(id: string): Promise<readonly ForgeHook[]> {
    const { send, owner, repo } = await this.target(id);
    const hooks = await pages(
      async (page) =>
        (await send('GET /repos/{owner}/{repo}/hooks', { owner, repo, per_page: PER_PAGE, page })).data,
    );
    return hooks.map(({ id: hookId, config, active }) => {
      return { id: String(hookId), url: config.url ?? '', active, signs: true };
    });
  }

  async removeHook(id: string, hookId: string): Promise<void> {
    const { send, owner, repo } = await this.target(id);
    try {
      await send('DELETE /repos/{owner}/{repo}/hooks/{hook_id}', { owner, repo, hook_id: Number(hookId) });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  async deliveries(id: string, hookId: string, since: Date): Promise<readonly ForgeDelivery[]> {
    const { send, owner, repo } = await this.target(id);
    const found: ForgeDelivery[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const path = 'GET /repos/{owner}/{repo}/hooks/{hook_id}/deliveries' as const;
      const range = {
        owner,
        repo,
        hook_id: Number(hookId),
        per_page: PER_PAGE,
        ...(cursor ? { cursor } : {}),
      };
      const { data, headers } = await send(path, range);
      for (const { id: number, guid, event, delivered_at, status_code } of data) {
        const at = new Date(delivered_at);
        if (at < since) return found;
        found.push({ id: String(number), guid, event, at, ok: status_code >= 200 && status_code < 300 });
      }
      cursor = /[?&]cursor=([^&>]+)[^>]*>; rel="next"/.exec(headers.link ?? '')?.[1];
      if (!cursor) return found;
    }
    return found;
  }

  async redeliver(id: string, hookId: string, deliveryId: string): Promise<void> {
    const { send, owner, repo } = await this.target(id);
    const path = 'POST /repos/{owner}/{repo}/hooks/{hook_id}/deliveries/{delivery_id}/attempts' as const;
    await send(path, { owner, repo, hook_id: Number(hookId), delivery_id: Number(deliveryId) });
  }

  limitedUntil(id: string): Date | undefined {
    const link = this.known.get(id);
    return link && this.client.limitedUntil(link);
  }

  private readonly known = new Map<string, HostLink>();

  private async target(id: string): Promise<Target> {
    const link = await this.links.find(id);
    if (!link) throw fail('git.not_found', { what: 'repository' });
    this.known.set(id, link);
    const [owner = '', repo = ''] = link.fullName.split('/');
    return { link, owner, repo, send: this.client.for(link) };
  }

  private async createRepository({ send, owner, repo }: Target): Promise<void> {
    const facts = { name: repo, private: true, auto_init: false };
    try {
      await send('POST /orgs/{org}/repos', { org: owner, ...facts });
    } catch (error) {
      // The owner is a person: only their own token makes repositories for them.
      if (!isMissing(error)) throw error;
      await send('POST /user/repos', facts);
    }
  }
}

/** All pages of a list, until one is not full. */
async function pages<T>(read: (page: number) => Promise<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const items = await read(page);
    all.push(...items);
    if (items.length < PER_PAGE) break;
  }
  return all;
}
