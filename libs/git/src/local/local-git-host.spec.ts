import { join } from 'node:path';
import { describeGitHost } from '../testing/git-host-contract.js';
import { GitSandbox } from '../testing/git-sandbox.js';
import { LocalGitHost } from './local-git-host.js';

describe('the built-in host', () => {
  let sandbox: GitSandbox;
  afterAll(() => sandbox.remove());

  describeGitHost(async () => {
    sandbox = await GitSandbox.make();
    const rules = { maxPushBytes: 1e6, maxImportBytes: 1e6, timeoutMs: 5_000 };
    return new LocalGitHost({ ...sandbox.settings, root: join(sandbox.root, 'repositories'), rules });
  });
});
