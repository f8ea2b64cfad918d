import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import { newId } from '@clawtank/kernel';
import { parseSmartRequest } from '../smart-http/smart-path.js';
import { GitSandbox } from '../testing/git-sandbox.js';
import { selfSigned } from '@clawtank/limits/testing';
import { SmartServer } from '../testing/smart-server.js';
import { type BareRepository, repositoryPath } from './bare-repository.js';
import { type ImportRules, importRepository } from './import-repository.js';
import { defaultRef, listRefs } from './refs.js';

const HOST = 'git.example.test';

describe('importing a repository', () => {
  let sandbox: GitSandbox;
  let inner: SmartServer;
  let source: BareRepository;
  let host: Server;
  let rules: ImportRules;
  let url: string;
  let mode: 'serve' | 'redirect' | 'hang' | 'forbid' = 'serve';
  const resolved: string[] = [];

  beforeAll(async () => {
    sandbox = await GitSandbox.make();
    inner = await SmartServer.start(sandbox);
    source = await sandbox.repository({ empty: true });
    const work = await sandbox.clone(source.path);
    await work.commit({ 'README.md': 'imported', big: randomBytes(300_000) });
    await work.must('tag', 'v1');
    await work.must(
      'push',
      '--quiet',
      'origin',
      'HEAD:trunk',
      'HEAD:side',
      'HEAD:clawtank/T-1/1',
      'v1',
      'HEAD:refs/notes/x',
    );
    await work.must('push', '--quiet', 'origin', 'HEAD:refs/heads/strange#name');
    await source.must(['symbolic-ref', 'HEAD', 'refs/heads/trunk']);

    const certificate = selfSigned(HOST);
    const caFile = join(sandbox.root, 'ca.pem');
    await writeFile(caFile, certificate.cert);
    host = createServer(certificate, (req, res) => {
      const request = parseSmartRequest(req.method ?? '', req.url ?? '');
      if (mode === 'hang') return;
      if (mode === 'forbid') res.writeHead(403).end();
      else if (mode === 'redirect')
        res.writeHead(301, { location: `https://other.example.test${req.url}` }).end();
      else if (request) void inner.smart.serve(req, res, { request, repositoryPath: source.path, user: '' });
      else res.writeHead(404).end();
    });
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
    const address = host.address();
    url = `https://${HOST}:${typeof address === 'object' ? address?.port : 0}/room.git`;
    rules = {
      maxPushBytes: 1e6,
      maxImportBytes: 10e6,
      timeoutMs: 20_000,
      caFile,
      // This name is in no name server: only the pinned answer can lead git here.
      resolve: async (name) => {
        resolved.push(name);
        return ['127.0.0.1'];
      },
      allowAddress: (one) => one === '127.0.0.1',
    };
  });
  afterAll(async () => {
    host.closeAllConnections();
    host.close();
    await inner.stop();
    await sandbox.remove();
  });
  beforeEach(() => {
    mode = 'serve';
    resolved.length = 0;
  });

  const bring = (more: Partial<ImportRules> = {}, from = url) =>
    importRepository(sandbox.settings, repositoryPath(join(sandbox.root, 'imported'), newId()), from, {
      ...rules,
      ...more,
    });
  const leftovers = () => readdir(join(sandbox.root, 'imported')).catch(() => []);

  it('brings branches, tags and the default branch, asking the name server once', async () => {
    const repository = await bring();
    expect(resolved).toEqual([HOST]);
    expect((await listRefs(repository)).map(({ ref }) => ref)).toEqual([
      'refs/heads/side',
      'refs/heads/trunk',
      'refs/tags/v1',
    ]);
    expect(await defaultRef(repository)).toBe('refs/heads/trunk');
    expect(await repository.text(['config', '--local', '--list'])).not.toMatch(/remote\.|example/);
    const work = await sandbox.clone(repository.path);
    expect(await work.must('show', 'HEAD:README.md')).toBe('imported');
  });

  it.each<[string, Partial<ImportRules>, string]>([
    ['a private address', { allowAddress: () => false }, 'git.import_refused'],
    [
      'one private address among others',
      { resolve: async () => ['127.0.0.1', '10.0.0.1'] },
      'git.import_refused',
    ],
    ['a host without an address', { resolve: async () => [] }, 'git.import_refused'],
    ['a name server that fails', { resolve: () => Promise.reject(new Error('x')) }, 'git.import_refused'],
    ['more than the size cap', { maxImportBytes: 200_000 }, 'git.too_large'],
  ])('refuses %s and leaves nothing', async (_name, more, reason) => {
    const before = await leftovers();
    await expect(bring(more)).rejects.toMatchObject({ reason });
    expect(await leftovers()).toEqual(before);
  });

  it.each([
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://0x7f000001/x',
    'https://169.254.169.254/latest',
    'https://10.0.0.1/x',
    'https://[::ffff:127.0.0.1]/x',
    'file:///etc',
    'ssh://git@example.test/x',
    'http://example.test/x',
    '/etc',
    'ext::id',
  ])('refuses %s with the real rules', async (from) => {
    const real = { maxPushBytes: 1e6, maxImportBytes: 1e6, timeoutMs: 5_000 };
    const path = repositoryPath(join(sandbox.root, 'imported'), newId());
    await expect(importRepository(sandbox.settings, path, from, real)).rejects.toMatchObject({
      reason: 'git.import_refused',
    });
  });

  it('follows no redirect', async () => {
    mode = 'redirect';
    await expect(bring()).rejects.toMatchObject({
      reason: 'git.import_failed',
      message: expect.stringContaining('redirects'),
    });
  });

  it('says that a repository is not public', async () => {
    mode = 'forbid';
    await expect(bring()).rejects.toMatchObject({ message: expect.stringContaining('not public') });
  });

  it('ends with its time', async () => {
    mode = 'hang';
    await expect(bring({ timeoutMs: 500 })).rejects.toMatchObject({ reason: 'git.timeout' });
  });

  it('trusts the given certificates only', async () => {
    const { caFile, ...others } = rules;
    expect(caFile).toBeDefined();
    const path = repositoryPath(join(sandbox.root, 'imported'), newId());
    await expect(importRepository(sandbox.settings, path, url, others)).rejects.toMatchObject({
      reason: 'git.import_failed',
    });
  });
});
