import { randomBytes } from 'node:crypto';
import { type GitlabPeer, type GitlabWorld, startGitlabPeer } from '@clawtank/git/testing';
import type { Options } from '../options.js';
import { type CodeHost, type Files, FULL_NAME, MAIN } from './code-host.js';
import { FateTeller, type Fates } from './fates.js';
import { LateDeliveries } from './late-deliveries.js';

const EVENTS = ['push_events', 'tag_push_events', 'merge_requests_events', 'note_events', 'pipeline_events'];

/** A server that is GitLab to whoever talks to it, on loopback. */
export class GitlabStage implements CodeHost {
  readonly env: CodeHost['env'];
  readonly repository: CodeHost['repository'];
  private readonly secret = `whsec_${randomBytes(24).toString('base64')}`;
  private readonly late: LateDeliveries;

  private constructor(
    private readonly peer: GitlabPeer,
    private readonly world: GitlabWorld,
    private readonly teller: FateTeller,
  ) {
    this.env = { GITLAB_URL: peer.url, GITLAB_WEBHOOK_SECRET: this.secret };
    this.repository = { host: 'gitlab', full_name: FULL_NAME, token: peer.token('clawtank') };
    world.deliveries.fate = teller.tell;
    this.late = new LateDeliveries(world.deliveries);
  }

  static async open(how: Options, files: Files): Promise<GitlabStage> {
    const peer = await startGitlabPeer();
    const world = await peer.create(FULL_NAME);
    await world.push(MAIN, files);
    return new GitlabStage(peer, world, new FateTeller(how));
  }

  tellTo(serverUrl: string): void {
    const url = `${serverUrl}/webhooks/gitlab`;
    this.world.hooks.push({
      id: 1,
      url,
      secret: '',
      events: EVENTS,
      active: true,
      signingToken: this.secret,
    });
  }

  async push(login: string, branch: string, files: Files): Promise<void> {
    await this.world.push(branch, files, login);
  }

  async openPull(login: string, branch: string, title: string): Promise<number> {
    return (await this.world.open(login, { title, body: '', branch, base: MAIN })).iid;
  }

  approve(login: string, number: number): void {
    this.world.approve(login, this.requestOf(number));
  }

  async merge(login: string, number: number): Promise<void> {
    const request = this.requestOf(number);
    const done = await this.world.accept(login, request, `Merge !${number}: ${request.title}`);
    if (typeof done !== 'string') throw new Error(`!${number} was not merged: ${done.message}`);
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

  private requestOf(number: number) {
    const found = this.world.merges.find((one) => one.iid === number);
    if (!found) throw new Error(`the host has no !${number}`);
    return found;
  }
}
