import { describeForge } from '../../testing/forge-contract.js';
import { GitSandbox } from '../../testing/git-sandbox.js';
import type { GithubPeer } from '../../testing/peers/github/github-peer.js';
import { startGithubPeer } from '../../testing/peers/github/start.js';
import { githubUnderTest } from '../../testing/peers/github/under-test.js';

describe('GitHub beyond git', () => {
  let sandbox: GitSandbox;
  let peer: GithubPeer;
  afterAll(async () => {
    await peer.stop();
    await sandbox.remove();
  });

  describeForge(async () => {
    sandbox = await GitSandbox.make();
    peer = await startGithubPeer();
    peer.access.install('acme');
    return githubUnderTest(sandbox, peer);
  });
});
