import { describeGitHost } from '../../testing/git-host-contract.js';
import { GitSandbox } from '../../testing/git-sandbox.js';
import type { GithubPeer } from '../../testing/peers/github/github-peer.js';
import { startGithubPeer } from '../../testing/peers/github/start.js';
import { githubUnderTest } from '../../testing/peers/github/under-test.js';

describe('GitHub as a git host', () => {
  let sandbox: GitSandbox;
  let peer: GithubPeer;
  afterAll(async () => {
    await peer.stop();
    await sandbox.remove();
  });

  describeGitHost(async () => {
    sandbox = await GitSandbox.make();
    peer = await startGithubPeer();
    peer.access.install('acme');
    return githubUnderTest(sandbox, peer).host;
  });
});
