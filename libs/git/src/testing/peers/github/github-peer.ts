import { mkdtemp, rm, mkdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '../../../local/git-process.js';
import { PeerDeliveries } from '../deliveries.js';
import { PeerClock } from '../peer-clock.js';
import { readGitRequest, serveGit } from '../peer-git.js';
import { PeerHttp, type PeerReply, PeerRefusal, type PeerRequest } from '../peer-http.js';
import { PeerGitRepository } from '../peer-repository.js';
import { GithubAccess, mayDo } from './access.js';
import type { GithubRepository, PeerAccount, PeerToken, Permission } from './model.js';
import { RateLimit } from './rate-limit.js';
import { GithubWorld, Ids } from './world.js';

const REFUSAL = `error: GH006: Protected branch update failed for REF.
error: Changes must be made through a pull request.
`;
const API = '/api/v3';

/** What a route is given once its sender was let in. */
export interface GithubCall {
  readonly request: PeerRequest;
  readonly token: PeerToken;
  readonly world: GithubWorld;
}

/**
 * A server that is GitHub to whoever talks to it: real repositories, pull requests that merge or conflict, hooks that
 * are signed and delivered as a test wants them, tokens that expire, limits that are reached. Payloads have the
 * shape of GitHub's own examples.
 */
export class GithubPeer {
  readonly clock = new PeerClock();
  readonly access = new GithubAccess(this.clock);
  readonly http = new PeerHttp();
  readonly limit = new RateLimit(this.clock);
  readonly organisations = new Set<string>(['acme']);
  private readonly worlds = new Map<string, GithubWorld>();
  private readonly ids = new Ids();

  private constructor(private readonly folder: string) {
    this.http.raw = (req, res) => this.takeGit(req, res);
    this.http.around = (request, answer) => this.limit.count(request, answer);
  }

  static async open(): Promise<GithubPeer> {
    const folder = await mkdtemp(join(tmpdir(), 'clawtank-github-'));
    await mkdir(join(folder, 'home'));
    const peer = new GithubPeer(folder);
    return peer;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.worlds.values()].map((world) => world.settled()));
    await this.http.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Where people look, and git clones. */
  get url(): string {
    return this.http.origin;
  }

  get apiUrl(): string {
    return this.http.origin + API;
  }

  account(login: string): PeerAccount {
    const type = this.organisations.has(login) ? 'Organization' : 'User';
    return {
      id: [...login].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 100_000_007,
      login,
      type,
    };
  }

  /** Makes a repository without a commit. */
  async create(fullName: string, options: { readonly private?: boolean } = {}): Promise<GithubWorld> {
    const deliveries = new PeerDeliveries();
    const id = this.ids.next();
    const path = join(this.folder, `${String(id)}.git`);
    const repository: GithubRepository = {
      id,
      fullName,
      owner: this.account(fullName.split('/')[0] ?? ''),
      private: options.private ?? true,
      git: await PeerGitRepository.make(join(this.folder, 'home'), path, 'main', REFUSAL),
      createdAt: this.clock.now(),
      defaultBranch: 'main',
      archived: false,
      pulls: [],
      statuses: [],
      checkRuns: [],
      hooks: [],
      deliveries,
      protections: new Map(),
    };
    const world = new GithubWorld(repository, this.placeOf(fullName), this.ids, this.clock);
    this.worlds.set(fullName.toLowerCase(), world);
    return world;
  }

  /** A repository that is known to be there. */
  world(fullName: string): GithubWorld {
    const world = this.worlds.get(fullName.toLowerCase());
    if (!world) throw new Error(`the peer has no ${fullName}`);
    return world;
  }

  find(fullName: string): GithubWorld | undefined {
    return this.worlds.get(fullName.toLowerCase());
  }

  placeOf(fullName: string): { api: string; web: string; fullName: string } {
    return { api: this.apiUrl, web: this.url, fullName };
  }

  nextId(): number {
    return this.ids.next();
  }

  /** A route below the API that needs a token. */
  on(
    method: string,
    path: string,
    handler: (request: PeerRequest, token: PeerToken) => Promise<PeerReply> | PeerReply,
  ): void {
    this.http.route(method, API + path, (request) => {
      const token = this.access.ofRequest(request);
      if (!token) throw new PeerRefusal(401, { message: 'Requires authentication' });
      return handler(request, token);
    });
  }

  /** A route of a repository that needs a permission. What may not be seen is not there. */
  repo(
    method: string,
    path: string,
    needs: readonly [Permission, 'read' | 'write'],
    handler: (call: GithubCall) => Promise<PeerReply> | PeerReply,
  ): void {
    this.on(method, `/repos/:owner/:name${path}`, (request, token) => {
      const world = this.find(`${request.params['owner'] ?? ''}/${request.params['name'] ?? ''}`);
      if (!world || !sees(token, world)) throw new PeerRefusal(404, { message: 'Not Found' });
      const [permission, level] = needs;
      if (!mayDo(token, permission, level)) throw lacking(token, permission, level);
      return handler({ request, token, world });
    });
  }

  private takeGit(req: IncomingMessage, res: ServerResponse): boolean {
    const wanted = readGitRequest(req);
    if (!wanted) return false;
    const world = this.find(wanted.fullName);
    const token = this.access.ofGit(req);
    const refuse = (status: number, text: string, headers = {}): true => {
      req.resume();
      res.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(text);
      return true;
    };
    const fault = this.http.faults.find(({ matches, times }) => times > 0 && matches('GIT', req.url ?? ''));
    if (fault) {
      fault.times -= 1;
      return refuse(fault.reply.status, 'The peer was told to fail.\n');
    }
    if (!token) return refuse(401, 'Bad credentials\n', { 'www-authenticate': 'Basic realm="GitHub"' });
    if (!world || !sees(token, world)) return refuse(404, 'Repository not found.\n');
    const writes = wanted.service === 'git-receive-pack';
    if (!mayDo(token, 'contents', writes ? 'write' : 'read'))
      return refuse(403, `Permission to ${wanted.fullName}.git denied to ${token.account.login}.\n`);
    if (writes && world.repository.archived)
      return refuse(403, 'This repository was archived so it is read-only.\n');
    const env = peerEnvironment(join(this.folder, 'home'));
    const serve = (): Promise<void> => serveGit(req, res, wanted, world.repository.git.path, env);
    const done = writes && wanted.endpoint !== 'info/refs' ? world.changeRefs(token.account, serve) : serve();
    void done.catch(() => undefined).finally(() => res.end());
    return true;
  }
}

/** The peer's repositories run the peer's hooks, which our own settings would switch off. */
function peerEnvironment(home: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(gitEnvironment({ home })).filter(([name]) => !name.startsWith('GIT_CONFIG_')),
  );
}

function sees(token: PeerToken, { repository }: GithubWorld): boolean {
  return token.owner === null || token.owner === repository.owner.login;
}

function lacking(token: PeerToken, permission: Permission, level: 'read' | 'write'): PeerRefusal {
  const what = token.expiresAt ? 'integration' : 'personal access token';
  const body = {
    message: `Resource not accessible by ${what}`,
    documentation_url: 'https://docs.github.com/rest',
    status: '403',
  };
  return new PeerRefusal(403, body, { 'x-accepted-github-permissions': `${permission}=${level}` });
}
