import type { components } from '@octokit/openapi-types';
import { page, type PeerReply, PeerRefusal, type PeerRequest } from '../peer-http.js';
import type { GithubPeer } from './github-peer.js';
import type { PeerToken } from './model.js';
import { repositoryShape } from './shapes.js';
import { type GithubWorld, NO_PROTECTION } from './world.js';

type Schemas = components['schemas'];
const HEADS = 'refs/heads/';

/** Repositories, their branches and what protects those. */
export function addRepositoryRoutes(peer: GithubPeer): void {
  const shown = ({ place, repository }: GithubWorld, token: PeerToken): object => {
    const may = (level: boolean): Schemas['full-repository']['permissions'] => ({
      admin: level,
      push: level,
      pull: true,
    });
    const full = token.kind === 'user' || token.permissions.contents === 'write';
    return { ...repositoryShape(place, repository), permissions: may(full) };
  };

  async function create(request: PeerRequest, token: PeerToken, owner: string): Promise<PeerReply> {
    const name = request.body.text('name') ?? '';
    if (peer.find(`${owner}/${name}`)) {
      const errors = [
        {
          resource: 'Repository',
          code: 'custom',
          field: 'name',
          message: 'name already exists on this account',
        },
      ];
      throw new PeerRefusal(422, { message: 'Repository creation failed.', errors });
    }
    const world = await peer.create(`${owner}/${name}`, { private: request.body.flag('private') ?? false });
    return { status: 201, body: shown(world, token) };
  }

  peer.on('POST', '/orgs/:org/repos', (request, token) => {
    const org = request.params['org'] ?? '';
    if (!peer.organisations.has(org)) throw new PeerRefusal(404, { message: 'Not Found' });
    if (token.kind === 'installation' && token.permissions.administration !== 'write')
      throw new PeerRefusal(
        403,
        { message: 'Resource not accessible by integration' },
        { 'x-accepted-github-permissions': 'administration=write' },
      );
    return create(request, token, org);
  });
  peer.on('POST', '/user/repos', (request, token) => create(request, token, token.account.login));

  peer.repo('GET', '', ['metadata', 'read'], ({ world, token }) => ({
    status: 200,
    body: shown(world, token),
  }));
  peer.repo('PATCH', '', ['administration', 'write'], async ({ world, token, request }) => {
    const branch = request.body.text('default_branch');
    if (branch !== undefined) {
      if (!(await world.repository.git.resolve(HEADS + branch))) {
        const message = `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`;
        throw new PeerRefusal(422, { message });
      }
      world.repository.defaultBranch = branch;
      await world.repository.git.setHead(HEADS + branch);
    }
    return { status: 200, body: shown(world, token) };
  });
  peer.repo('GET', '/branches', ['contents', 'read'], async ({ world, request }) => {
    const refs = [...(await world.repository.git.refs())].filter(([ref]) => ref.startsWith(HEADS));
    const branches = refs.map(([ref, sha]) => {
      const name = ref.slice(HEADS.length);
      const facts = { name, commit: { sha, url: '' }, protected: world.repository.protections.has(name) };
      return facts satisfies Schemas['short-branch'];
    });
    return page(request, peer.url, branches);
  });
  peer.repo('GET', '/branches/:branch', ['contents', 'read'], async ({ world, request }) => {
    const name = request.params['branch'] ?? '';
    const sha = await world.repository.git.resolve(HEADS + name);
    if (!sha) throw new PeerRefusal(404, { message: 'Branch not found' });
    const rules = world.repository.protections.get(name);
    const checks = rules?.classic ? rules.checks : [];
    const facts = {
      name,
      protected: rules !== undefined,
      protection: {
        enabled: rules?.classic ?? false,
        required_status_checks: {
          enforcement_level: checks.length > 0 ? 'non_admins' : 'off',
          contexts: [...checks],
          checks: checks.map((context) => ({ context, app_id: null })),
        },
      },
    } satisfies Pick<Schemas['branch-with-protection'], 'name' | 'protected' | 'protection'> & object;
    return { status: 200, body: { ...facts, commit: { sha, url: '' } } };
  });
  peer.repo('GET', '/branches/:branch/protection', ['administration', 'read'], ({ world, request }) => {
    const rules = world.repository.protections.get(request.params['branch'] ?? '');
    if (!rules?.classic) throw new PeerRefusal(404, { message: 'Branch not protected' });
    const { pullRequest, approvals, checks, signatures, linear } = rules;
    const review = {
      url: '',
      dismiss_stale_reviews: false,
      require_code_owner_reviews: false,
      required_approving_review_count: approvals,
    };
    const body = {
      ...(pullRequest ? { required_pull_request_reviews: review } : {}),
      ...(checks.length > 0
        ? {
            required_status_checks: {
              strict: false,
              contexts: [...checks],
              checks: checks.map((context) => ({ context, app_id: null })),
              url: '',
              contexts_url: '',
            },
          }
        : {}),
      required_signatures: { url: '', enabled: signatures },
      required_linear_history: { enabled: linear },
    } satisfies Schemas['branch-protection'];
    return { status: 200, body };
  });
  // Readable by everybody who can read the repository, unlike the protection itself.
  peer.repo('GET', '/rules/branches/:branch', ['metadata', 'read'], ({ world, request }) => {
    const known = world.repository.protections.get(request.params['branch'] ?? '');
    const rules = known && !known.classic ? known : NO_PROTECTION;
    const body: object[] = [];
    if (rules.pullRequest)
      body.push({ type: 'pull_request', parameters: { required_approving_review_count: rules.approvals } });
    if (rules.checks.length > 0)
      body.push({
        type: 'required_status_checks',
        parameters: {
          required_status_checks: rules.checks.map((context) => ({ context })),
          strict_required_status_checks_policy: false,
        },
      });
    if (rules.signatures) body.push({ type: 'required_signatures' });
    if (rules.linear) body.push({ type: 'required_linear_history' });
    return { status: 200, body };
  });
}
