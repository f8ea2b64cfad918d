import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '../../../local/git-process.js';
import { parseBasicCredentials } from '../../../smart-http/basic-credentials.js';
import { PeerClock } from '../peer-clock.js';
import { readGitRequest, serveGit } from '../peer-git.js';
import { PeerHttp, PeerRefusal, type PeerReply, type PeerRequest } from '../peer-http.js';
import { PeerGitRepository } from '../peer-repository.js';
import { GitlabWorld } from './gitlab-world.js';

const REFUSAL = 'GitLab: You are not allowed to push code to protected branches on this project.\n';

export interface GitlabToken {
  readonly user: string;
  readonly scopes: readonly ('api' | 'read_api' | 'write_repository' | 'read_repository')[];
  revoked: boolean;
}

export interface GitlabCall {
  readonly request: PeerRequest;
  readonly user: string;
  readonly world: GitlabWorld;
}

/** A server that is GitLab to whoever talks to it, over real repositories. */
export class GitlabPeer {
  readonly clock = new PeerClock();
  readonly http = new PeerHttp();
  readonly tokens = new Map<string, GitlabToken>();
  /** Requests are refused until then. */
  limitedUntil: Date | null = null;
  /** False: a GitLab before 19.0, which heeds no signing token. */
  signs = true;
  private readonly worlds = new Map<string, GitlabWorld>();

  private constructor(private readonly folder: string) {
    this.http.raw = (req, res) => this.takeGit(req, res);
    this.http.around = (_request, answer) => this.limited() ?? answer();
  }

  static async open(): Promise<GitlabPeer> {
    const folder = await mkdtemp(join(tmpdir(), 'clawtank-gitlab-'));
    await mkdir(join(folder, 'home'));
    return new GitlabPeer(folder);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.worlds.values()].map((world) => world.settled()));
    await this.http.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  get url(): string {
    return this.http.origin;
  }

  token(user: string, scopes: GitlabToken['scopes'] = ['api']): string {
    const token = `glpat-${String(this.tokens.size)}-${user}-0123456789`;
    this.tokens.set(token, { user, scopes, revoked: false });
    return token;
  }

  async create(fullName: string): Promise<GitlabWorld> {
    const id = this.worlds.size + 1;
    const path = join(this.folder, `${String(id)}.git`);
    const git = await PeerGitRepository.make(join(this.folder, 'home'), path, 'main', REFUSAL);
    const world = new GitlabWorld(id, fullName, this.url, git, this.clock);
    this.worlds.set(fullName, world);
    return world;
  }

  find(fullName: string): GitlabWorld | undefined {
    return this.worlds.get(fullName);
  }

  world(fullName: string): GitlabWorld {
    const world = this.find(fullName);
    if (!world) throw new Error(`the peer has no ${fullName}`);
    return world;
  }

  on(
    method: string,
    path: string,
    handler: (request: PeerRequest, user: string) => PeerReply | Promise<PeerReply>,
  ): void {
    this.http.route(method, `/api/v4${path}`, (request) => {
      const bearer = (request.headers.authorization ?? '').replace(/^Bearer /i, '');
      const token = this.tokens.get(String(request.headers['private-token'] ?? bearer));
      if (!token || token.revoked) throw new PeerRefusal(401, { message: '401 Unauthorized' });
      const reads = method === 'GET' && token.scopes.includes('read_api');
      if (!token.scopes.includes('api') && !reads)
        throw new PeerRefusal(403, {
          error: 'insufficient_scope',
          error_description: 'The request requires higher privileges.',
          scope: 'api',
        });
      return handler(request, token.user);
    });
  }

  project(method: string, path: string, handler: (call: GitlabCall) => PeerReply | Promise<PeerReply>): void {
    this.on(method, `/projects/:project${path}`, (request, user) => {
      const world = this.find(request.params['project'] ?? '');
      if (!world) throw new PeerRefusal(404, { message: '404 Project Not Found' });
      return handler({ request, user, world });
    });
  }

  private limited(): Promise<PeerReply> | undefined {
    const { limitedUntil } = this;
    const left = limitedUntil ? limitedUntil.getTime() - this.clock.now().getTime() : 0;
    if (left <= 0) return undefined;
    const headers = { 'retry-after': String(Math.ceil(left / 1_000)), 'ratelimit-remaining': '0' };
    return Promise.resolve({ status: 429, body: { message: 'Retry later' }, headers });
  }

  private takeGit(req: IncomingMessage, res: ServerResponse): boolean {
    const wanted = readGitRequest(req);
    if (!wanted) return false;
    const token = this.tokens.get(parseBasicCredentials(req.headers.authorization)?.password ?? '');
    const refuse = (status: number, text: string, headers = {}): true => {
      req.resume();
      res.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(text);
      return true;
    };
    if (!token || token.revoked)
      return refuse(401, 'HTTP Basic: Access denied\n', { 'www-authenticate': 'Basic realm="GitLab"' });
    const world = this.find(wanted.fullName);
    if (!world) return refuse(404, 'The project you were looking for could not be found.\n');
    const writes = wanted.service === 'git-receive-pack';
    if (writes && !token.scopes.some((scope) => scope === 'api' || scope === 'write_repository'))
      return refuse(403, 'You are not allowed to push code to this project.\n');
    const settings = Object.entries(gitEnvironment({ home: join(this.folder, 'home') }));
    const env = Object.fromEntries(settings.filter(([name]) => !name.startsWith('GIT_CONFIG_')));
    const serve = (): Promise<void> => serveGit(req, res, wanted, world.git.path, env);
    const done = writes && wanted.endpoint !== 'info/refs' ? world.changeRefs(token.user, serve) : serve();
    void done.catch(() => undefined).finally(() => res.end());
    return true;
  }
}
