import { describeGitHost } from '../../testing/git-host-contract.js';
import { GitSandbox } from '../../testing/git-sandbox.js';
import type { GitlabPeer } from '../../testing/peers/gitlab/gitlab-peer.js';
import { startGitlabPeer } from '../../testing/peers/gitlab/start.js';
import { gitlabUnderTest } from '../../testing/peers/gitlab/under-test.js';

describe('GitLab as a git host', () => {
  let sandbox: GitSandbox;
  let peer: GitlabPeer;
  afterAll(async () => {
    await peer.stop();
    await sandbox.remove();
  });

  describeGitHost(async () => {
    sandbox = await GitSandbox.make();
    peer = await startGitlabPeer();
    return gitlabUnderTest(sandbox, peer, peer.token('clawtank')).host;
  });
});
