import { join } from 'node:path';
import type { HostLink } from '../../../application/host-links.js';
import { GithubClient } from '../../../hosted/github/github-client.js';
import { GithubForge } from '../../../hosted/github/github-forge.js';
import type { GithubSettings } from '../../../hosted/github/github-settings.js';
import { HostedGitHost } from '../../../hosted/hosted-git-host.js';
import type { ForgeUnderTest } from '../../forge-contract.js';
import type { GitSandbox } from '../../git-sandbox.js';
import type { GithubPeer } from './github-peer.js';
import type { GithubWorld } from './world.js';

export interface GithubUnderTest extends ForgeUnderTest {
  readonly host: HostedGitHost;
  readonly world: (id: string) => GithubWorld;
}

/** Our GitHub host, pointed at a peer: repositories of the organisation `acme`, opened by the App unless `token` says otherwise. */
export function githubUnderTest(
  sandbox: GitSandbox,
  peer: GithubPeer,
  options: {
    readonly token?: () => string;
    readonly settings?: Partial<GithubSettings>;
    readonly wait?: (ms: number) => Promise<void>;
  } = {},
): GithubUnderTest {
  const { appId, privateKey } = peer.access;
  const settings = {
    apiUrl: peer.apiUrl,
    url: peer.url,
    app: { id: String(appId), privateKey },
    patienceMs: 1_000,
    ...options.settings,
  };
  const fullName = (id: string): string => `acme/r-${id}`;
  const links = {
    find: (id: string): Promise<HostLink> =>
      Promise.resolve({ fullName: fullName(id), token: options.token?.() ?? null }),
  };
  const client = new GithubClient(settings, {
    now: () => peer.clock.now().getTime(),
    ...(options.wait ? { wait: options.wait } : {}),
  });
  const forge = new GithubForge(settings, client, links);
  const limits = { maxPushBytes: 1e6, maxImportBytes: 1e6, timeoutMs: 20_000 };
  const root = join(sandbox.root, 'mirrors');
  const hosted = { ...sandbox.settings, root, limits, rules: limits, timeoutMs: 20_000 };
  const world = (id: string): GithubWorld => peer.world(fullName(id));
  const pullOf = (id: string, number: number) => {
    const pull = world(id).repository.pulls.find((one) => one.number === number);
    if (!pull) throw new Error(`no pull request ${String(number)}`);
    return pull;
  };
  return {
    forge,
    host: new HostedGitHost(hosted, forge, links),
    world,
    approve: async (id, number) => {
      world(id).review(peer.account('rev'), pullOf(id, number), {
        state: 'APPROVED',
        body: 'Fine.',
        comments: [],
      });
      return Promise.resolve();
    },
    protectMain: (id) => world(id).protect('main', { pullRequest: true, approvals: 1 }),
    report: (id, sha, name, passed) => {
      world(id).checkRun(sha, name, passed ? 'success' : 'failure');
      return Promise.resolve();
    },
    push: (id, branch, files) => world(id).push(branch, files),
    deliver: (id, well) => {
      world(id).deliveries.fate = () => (well ? 'send' : 'fail');
    },
    settled: (id) => world(id).settled(),
  };
}
