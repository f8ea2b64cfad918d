import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { credentialEnv, repositoryUrl } from '../src/git/credential-env.js';

describe('credentialEnv', () => {
  it('answers git, and asks no helper that the person has set up', () => {
    const { stdout, stderr } = spawnSync('git', ['credential', 'fill'], {
      cwd: tmpdir(),
      input: 'protocol=http\nhost=127.0.0.1\n\n',
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: tmpdir(),
        GIT_TERMINAL_PROMPT: '0',
        ...credentialEnv({ username: 'T-1.3', password: 'it’s "quoted" $HOME' }),
      },
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('username=T-1.3\n');
    expect(stdout).toContain('password=it’s "quoted" $HOME\n');
  });

  it('names no secret where every process could read it', () => {
    const { CLAWTANK_GIT_PASSWORD: _, ...rest } = credentialEnv({ username: 'T-1.3', password: 'secret' });
    expect(JSON.stringify(rest)).not.toContain('secret');
  });
});

describe('repositoryUrl', () => {
  it.each([
    ['https://tank.example.org', '/git/reef.git', 'https://tank.example.org/git/reef.git'],
    ['https://example.org/tank', '/git/reef.git', 'https://example.org/tank/git/reef.git'],
    ['https://tank.example.org', 'https://git.example.org/reef.git', 'https://git.example.org/reef.git'],
  ])('on %s of %s is %s', (server, url, whole) => {
    expect(repositoryUrl(server, url)).toBe(whole);
  });
});
