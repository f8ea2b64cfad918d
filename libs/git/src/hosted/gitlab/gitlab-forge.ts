import { Failure } from '@clawtank/kernel';
import type { Gitlab } from '@gitbeaker/rest';
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
import { fail } from '../../domain/failures.js';
import type { GitlabClient, GitlabSettings } from './gitlab-client.js';
import {
  checkOf,
  hookOf,
  pullOf,
  reviewOfApproval,
  reviewOfNote,
  reviewOfWish,
  STATUS_OF,
} from './gitlab-views.js';

type Api = Gitlab<false>;
const EVENTS = {
  pushEvents: true,
  tagPushEvents: true,
  mergeRequestsEvents: true,
  noteEvents: true,
  pipelineEvents: true,
};
const MAX_PAGES = 20;

const hasReason = (error: unknown, reason: string, text = /./): boolean =>
  error instanceof Failure && error.reason === reason && text.test(error.message);

/** GitLab by its REST API: gitlab.com or one's own. */
export class GitlabForge extends Forge {
  readonly name = 'GitLab';
  readonly issuer: string;
  private readonly known = new Map<string, HostLink>();

  constructor(
    private readonly settings: GitlabSettings,
    private readonly client: GitlabClient,
    private readonly links: HostLinks,
  ) {
    super();
    this.issuer = settings.url.replace(/\/+$/, '');
  }

  repository(id: string): Promise<ForgeRepository> {
    return this.call(id, async (api, path) => {
      const data = await api.Projects.show(path);
      const access = data.permissions;
      const level = Math.max(
        access?.project_access?.access_level ?? 0,
        access?.group_access?.access_level ?? 0,
      );
      return {
        fullName: data.path_with_namespace,
        url: data.web_url,
        defaultBranch: data.default_branch ?? 'main',
        private: data.visibility !== 'public',
        archived: data.archived ?? false,
        canPush: level >= 30,
      };
    });
  }

  async ensureRepository(id: string): Promise<ForgeRepository> {
    try {
      return await this.repository(id);
    } catch (error) {
      if (!hasReason(error, 'host.not_connected')) throw error;
    }
    await this.call(id, async (api, path) => {
      const at = path.lastIndexOf('/');
      const { id: namespaceId } = await api.Namespaces.show(path.slice(0, at));
      const name = path.slice(at + 1);
      return api.Projects.create({ name, path: name, namespaceId, visibility: 'private' });
    }).catch((error: unknown) => {
      if (!hasReason(error, 'host.refused', /already been taken/)) throw error;
    });
    return this.repository(id);
  }

  async setDefaultBranch(id: string, branch: string): Promise<void> {
    await this.call(id, (api, path) => api.Projects.edit(path, { defaultBranch: branch }));
  }

  async gitEntrance(id: string): Promise<GitEntrance> {
    const link = await this.linkOf(id);
    const basic = Buffer.from(`oauth2:${this.client.tokenOf(link)}`).toString('base64');
    return { url: `${this.settings.url}/${link.fullName}.git`, authorization: `Basic ${basic}` };
  }

  /** Hooks and the default branch need a maintainer. */
  async lacking(id: string): Promise<readonly string[]> {
    try {
      await this.hooks(id);
      return [];
    } catch (error) {
      if (hasReason(error, 'host.lacks_permission') || hasReason(error, 'host.token_refused'))
        return ['the role Maintainer'];
      throw error;
    }
  }

  async protection(id: string, branch: string): Promise<ForgeProtection> {
    const open = {
      pullRequestRequired: false,
      requiredApprovals: 0,
      requiredChecks: [],
      signedCommits: false,
      linearHistory: false,
    };
    try {
      const rules = await this.call(id, (api, path) => api.ProtectedBranches.show(path, branch));
      const nobodyPushes = (rules.push_access_levels ?? []).every(
        (level) => Number(level.access_level) === 0,
      );
      return {
        ...open,
        pullRequestRequired: nobodyPushes,
        requiredApprovals: await this.approvalsNeeded(id, branch),
      };
    } catch (error) {
      if (hasReason(error, 'host.not_connected')) return open;
      throw error;
    }
  }

  async openPull(id: string, { branch, base, title, body }: NewForgePull): Promise<ForgePull> {
    // GitLab opens merge requests without a commit; nobody could do anything with one.
    const { commits } = await this.call(id, (api, path) => api.Repositories.compare(path, base, branch));
    if ((commits ?? []).length === 0)
      throw fail('host.refused', { host: this.name, message: `${branch} has no commit that ${base} lacks` });
    try {
      const made = await this.call(id, (api, path) =>
        api.MergeRequests.create(path, branch, base, title, { description: body }),
      );
      return pullOf(made);
    } catch (error) {
      if (!hasReason(error, 'host.refused', /already exists/)) throw error;
    }
    const found = (await this.pulls(id, 'open')).find((pull) => pull.branch === branch && pull.base === base);
    if (!found)
      throw fail('host.unavailable', { host: this.name, why: 'its list of merge requests lags behind' });
    return found;
  }

  async pull(id: string, number: number): Promise<ForgePull | undefined> {
    try {
      return pullOf(await this.call(id, (api, path) => api.MergeRequests.show(path, number)));
    } catch (error) {
      if (hasReason(error, 'host.not_connected')) return undefined;
      throw error;
    }
  }

  async pulls(id: string, state: 'open' | 'all'): Promise<readonly ForgePull[]> {
    const wanted = state === 'open' ? ({ state: 'opened' } as const) : {};
    const paging = { orderBy: 'updated_at', perPage: 100, maxPages: MAX_PAGES } as const;
    const list = await this.call(id, (api, path) =>
      api.MergeRequests.all({ projectId: path, ...wanted, ...paging }),
    );
    return list.map(pullOf);
  }

  async closePull(id: string, number: number): Promise<void> {
    if ((await this.pull(id, number))?.state !== 'open') return;
    await this.call(id, (api, path) => api.MergeRequests.edit(path, number, { stateEvent: 'close' }));
  }

  async mergePull(
    id: string,
    number: number,
    { head, message }: { readonly head: string; readonly message: string },
  ): Promise<string> {
    const before = await this.pull(id, number);
    if (before?.state === 'merged' && before.headSha === head && before.mergedSha) return before.mergedSha;
    try {
      const options = { sha: head, mergeCommitMessage: message, squash: false };
      const { merge_commit_sha: sha } = await this.call(id, (api, path) =>
        api.MergeRequests.accept(path, number, options),
      );
      if (!sha)
        throw fail('host.refused', { host: this.name, message: 'the project merges without a merge commit' });
      return sha;
    } catch (error) {
      if (hasReason(error, 'host.refused', /SHA does not match/))
        throw fail('git.ref_moved', { ref: before?.branch ?? '' });
      throw error;
    }
  }

  /** What was said is a note; an approval is one besides, where GitLab lets us approve. */
  async review(id: string, number: number, { verdict, body, comments }: NewForgeReview): Promise<void> {
    const lines = comments
      .map(({ path, line, body: text }) => `\n- \`${path}:${String(line)}\` ${text}`)
      .join('');
    await this.call(id, (api, path) => api.MergeRequestNotes.create(path, number, `${body}${lines}`));
    if (verdict !== 'approve') return;
    await this.call(id, (api, path) => api.MergeRequestApprovals.approve(path, number)).catch(
      (error: unknown) => {
        if (!hasReason(error, 'host.token_refused') && !hasReason(error, 'host.lacks_permission'))
          throw error;
      },
    );
  }

  async reviews(id: string, number: number): Promise<readonly ForgeReview[]> {
    const { approved_by: approved } = await this.call(id, (api, path) =>
      api.MergeRequestApprovals.showConfiguration(path, { mergerequestIId: number }),
    );
    const notes = await this.call(id, (api, path) =>
      api.MergeRequestNotes.all(path, number, { perPage: 100, maxPages: MAX_PAGES }),
    );
    const reviewers = await this.call(id, (api, path) => api.MergeRequests.showReviewers(path, number));
    const comments = [
      ...notes.filter(({ system }) => !system).map(reviewOfNote),
      ...reviewers.filter(({ state }) => state === 'requested_changes').map(reviewOfWish),
    ];
    if (!approved || approved.length === 0) return comments;
    const versions = await this.call(id, (api, path) => api.MergeRequests.allDiffVersions(path, number));
    return [...comments, ...approved.map((one) => reviewOfApproval(one, versions))];
  }

  async checks(id: string, sha: string): Promise<readonly ForgeCheck[]> {
    const statuses = await this.call(id, (api, path) => api.Commits.allStatuses(path, sha));
    return statuses.map(checkOf);
  }

  async setCheck(
    id: string,
    sha: string,
    { context, state, description, targetUrl }: ForgeCheck,
  ): Promise<void> {
    const rest = { name: context, description, ...(targetUrl === null ? {} : { targetUrl }) };
    await this.call(id, (api, path) => api.Commits.editStatus(path, sha, STATUS_OF[state], rest));
  }

  async ensureHook(id: string, { url, secret }: NewForgeHook): Promise<ForgeHook> {
    const signed = secret.startsWith('whsec_');
    const keys = signed ? { signingToken: secret } : { token: secret };
    const options = { ...EVENTS, ...keys, enableSslVerification: url.startsWith('https:') };
    const present = (await this.hooks(id)).find((hook) => hook.url === url);
    return this.call(id, async (api, path) =>
      hookOf(
        present
          ? await api.ProjectHooks.edit(path, Number(present.id), url, options)
          : await api.ProjectHooks.add(path, url, options),
      ),
    );
  }

  hooks(id: string): Promise<readonly ForgeHook[]> {
    return this.call(id, async (api, path) => (await api.ProjectHooks.all(path)).map(hookOf));
  }

  async removeHook(id: string, hookId: string): Promise<void> {
    await this.call(id, (api, path) => api.ProjectHooks.remove(path, Number(hookId))).catch(
      (error: unknown) => {
        if (!hasReason(error, 'host.not_connected')) throw error;
      },
    );
  }

  async deliveries(id: string, hookId: string, since: Date): Promise<readonly ForgeDelivery[]> {
    const found: ForgeDelivery[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { body } = await this.call(id, (api, path) => {
        const searchParams = { per_page: 20, page };
        const address = `${encodeURIComponent(path)}/hooks/${hookId}/events`;
        return api.ProjectHooks.requester.get<Record<string, unknown>[]>(address, { searchParams });
      });
      for (const row of body) {
        const at = new Date(String(row['created_at']));
        if (at < since) return found;
        const headers = new Map(
          Object.entries(row['request_headers'] ?? {}).map(([name, value]) => [
            name.toLowerCase(),
            String(value),
          ]),
        );
        const ok = /^2\d\d$/.test(String(row['response_status']));
        const guid = headers.get('x-gitlab-event-uuid') ?? headers.get('idempotency-key') ?? '';
        found.push({
          id: String(row['id']),
          guid,
          event: headers.get('x-gitlab-event') ?? String(row['trigger']),
          at,
          ok,
        });
      }
      if (body.length < 20) return found;
    }
    return found;
  }

  async redeliver(id: string, hookId: string, deliveryId: string): Promise<void> {
    await this.call(id, (api, path) => {
      const address = `${encodeURIComponent(path)}/hooks/${hookId}/events/${deliveryId}/resend`;
      return api.ProjectHooks.requester.post(address);
    });
  }

  limitedUntil(id: string): Date | undefined {
    const link = this.known.get(id);
    return link && this.client.limitedUntil(link);
  }

  /** Only paid editions have rules of approval. */
  private async approvalsNeeded(id: string, branch: string): Promise<number> {
    const rows = await this.call(id, async (api, path) => {
      const address = `${encodeURIComponent(path)}/approval_rules`;
      return (await api.ProjectHooks.requester.get<Record<string, unknown>[]>(address)).body;
    }).catch((error: unknown) => {
      if (hasReason(error, 'host.not_connected') || hasReason(error, 'host.lacks_permission')) return [];
      throw error;
    });
    const ours = rows.filter(({ protected_branches: list }) => {
      const names: readonly unknown[] = Array.isArray(list) ? list : [];
      return (
        names.length === 0 ||
        names.some((one) => typeof one === 'object' && one !== null && 'name' in one && one.name === branch)
      );
    });
    return Math.max(0, ...ours.map((row) => Number(row['approvals_required']) || 0));
  }

  private async call<T>(id: string, work: (api: Api, path: string) => Promise<T>): Promise<T> {
    const link = await this.linkOf(id);
    return this.client.run(link, (api) => work(api, link.fullName));
  }

  private async linkOf(id: string): Promise<HostLink> {
    const link = await this.links.find(id);
    if (!link) throw fail('git.not_found', { what: 'repository' });
    this.known.set(id, link);
    return link;
  }
}
