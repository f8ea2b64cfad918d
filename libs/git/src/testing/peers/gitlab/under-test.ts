import { join } from 'node:path';
import type { HostLink } from '../../../application/host-links.js';
import { GitlabClient } from '../../../hosted/gitlab/gitlab-client.js';
import { GitlabForge } from '../../../hosted/gitlab/gitlab-forge.js';
import { HostedGitHost } from '../../../hosted/hosted-git-host.js';
import type { ForgeUnderTest } from '../../forge-contract.js';
import type { GitSandbox } from '../../git-sandbox.js';
import type { GitlabPeer } from './gitlab-peer.js';

/** Our GitLab host, pointed at a peer: projects of the group `acme`, opened by `token`. */
export function gitlabUnderTest(
  sandbox: GitSandbox,
  peer: GitlabPeer,
  token: string,
  wait?: (ms: number) => Promise<void>,
): ForgeUnderTest {
  const settings = { url: peer.url, patienceMs: 5_000 };
  const fullName = (id: string): string => `acme/r-${id}`;
  const links = {
    find: (id: string): Promise<HostLink> => Promise.resolve({ fullName: fullName(id), token }),
  };
  const now = (): number => peer.clock.now().getTime();
  const forge = new GitlabForge(
    settings,
    new GitlabClient(settings, { now, ...(wait ? { wait } : {}) }),
    links,
  );
  const limits = { maxPushBytes: 1e6, maxImportBytes: 1e6, timeoutMs: 20_000 };
  const hosted = {
    ...sandbox.settings,
    root: join(sandbox.root, 'mirrors'),
    limits,
    rules: limits,
    timeoutMs: 20_000,
  };
  const world = (id: string) => peer.world(fullName(id));
  return {
    forge,
    host: new HostedGitHost(hosted, forge, links),
    approve: (id, number) => {
      const merge = world(id).merges.find(({ iid }) => iid === number);
      if (merge) world(id).approve('rev', merge);
      return Promise.resolve();
    },
    protectMain: (id) => world(id).protect('main', 1),
    report: (id, sha, name, passed) => {
      world(id).setStatus({
        sha,
        name,
        status: passed ? 'success' : 'failed',
        description: null,
        targetUrl: null,
      });
      return Promise.resolve();
    },
    push: (id, branch, files) => world(id).push(branch, files),
    deliver: (id, well) => {
      world(id).deliveries.fate = () => (well ? 'send' : 'fail');
    },
    settled: (id) => world(id).settled(),
  };
}
