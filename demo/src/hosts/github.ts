import { randomBytes } from 'node:crypto';
import { type GithubPeer, type GithubWorld, startGithubPeer } from '@clawtank/git/testing';
import type { Options } from '../options.js';
import { type CodeHost, type Files, FULL_NAME, MAIN } from './code-host.js';
import { FateTeller, type Fates } from './fates.js';
import { LateDeliveries } from './late-deliveries.js';

/** A server that is GitHub to whoever talks to it, on loopback. */
export class GithubStage implements CodeHost {
  readonly env: CodeHost['env'];
  readonly repository: CodeHost['repository'];
  private readonly secret = randomBytes(24).toString('hex');
  private readonly late: LateDeliveries;

  private constructor(
    private readonly peer: GithubPeer,
    private readonly world: GithubWorld,
    private readonly teller: FateTeller,
  ) {
    this.env = { GITHUB_URL: peer.url, GITHUB_API_URL: peer.apiUrl, GITHUB_WEBHOOK_SECRET: this.secret };
    const token = peer.access.personalToken(peer.account('clawtank'));
    this.repository = { host: 'github', full_name: FULL_NAME, token };
    world.deliveries.fate = teller.tell;
    this.late = new LateDeliveries(world.deliveries);
  }

  static async open(how: Options, files: Files): Promise<GithubStage> {
    const peer = await startGithubPeer();
    const world = await peer.create(FULL_NAME);
    await world.push(MAIN, files);
    return new GithubStage(peer, world, new FateTeller(how));
  }

  tellTo(serverUrl: string): void {
    this.world.repository.hooks.push({
      id: 1,
      url: `${serverUrl}/webhooks/github`,
      secret: this.secret,
      events: ['*'],
      active: true,
      signingToken: null,
    });
  }

  async push(login: string, branch: string, files: Files): Promise<void> {
    await this.world.push(branch, files, { by: { name: login, email: `${login}@example.org`, login } });
  }

  async openPull(login: string, branch: string, title: string): Promise<number> {
    const input = { title, body: '', head: branch, base: MAIN };
    return (await this.world.openPull(this.peer.account(login), input)).number;
  }

  approve(login: string, number: number): void {
    const review = { state: 'APPROVED', body: 'Read it.', comments: [] } as const;
    this.world.review(this.peer.account(login), this.pull(number), review);
  }

  async merge(login: string, number: number): Promise<void> {
    const pull = this.pull(number);
    const done = await this.world.merge(this.peer.account(login), pull, `Merge #${number}: ${pull.title}`);
    if ('message' in done) throw new Error(`#${number} was not merged: ${done.message}`);
  }

  fates(): Fates {
    return this.teller.told;
  }

  async settled(): Promise<void> {
    await this.world.settled();
    await this.late.release();
    await this.world.settled();
  }

  async stop(): Promise<void> {
    await this.late.stop();
    await this.peer.stop();
  }

  private pull(number: number) {
    const found = this.world.repository.pulls.find((one) => one.number === number);
    if (!found) throw new Error(`the host has no #${number}`);
    return found;
  }
}
