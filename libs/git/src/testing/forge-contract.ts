import { newId } from '@clawtank/kernel';
import type { Forge, ForgeDelivery, ForgePull } from '../application/forge.js';
import type { GitHost } from '../application/git-host.js';
import type { FileChange } from '../domain/git-objects.js';
import { ADA, AT } from './git-sandbox.js';
import { HookListener } from './hook-listener.js';
import { until } from './until.js';

const MAIN = 'refs/heads/main';
const SIDE = 'refs/heads/clawtank/T-1/1';
const by = { author: ADA, committer: { ...ADA, name: 'ClawTank' } };

/** A code host under test, and what other people do there. */
export interface ForgeUnderTest {
  readonly host: GitHost;
  readonly forge: Forge;
  /** Somebody else approves at the present head. */
  approve(id: string, number: number): Promise<void>;
  /** Pull requests only, with an approval. */
  protectMain(id: string): Promise<void>;
  /** Somebody's CI reports. */
  report(id: string, sha: string, name: string, passed: boolean): Promise<void>;
  /** Somebody pushes a file onto a branch. */
  push(id: string, branch: string, files: Readonly<Record<string, string>>): Promise<string>;
  /** From now on the host delivers, or fails to. */
  deliver(id: string, well: boolean): void;
  /** Everything that was on its way has arrived. */
  settled(id: string): Promise<void>;
}

/** What GitHub and GitLab both must do beyond git; call it inside a `describe`. */
export function describeForge(make: () => Promise<ForgeUnderTest>): void {
  let world: ForgeUnderTest;
  let host: GitHost;
  let forge: Forge;
  let id: string;
  let first: string;

  beforeAll(async () => {
    world = await make();
    ({ host, forge } = world);
  });
  beforeEach(async () => {
    id = newId();
    await host.create(id, { kind: 'empty', at: AT });
    first = (await host.resolve(id, MAIN)) ?? '';
  });

  const write = (path: string, content: string): FileChange => ({ path, content });
  async function branch(name: string, changes: readonly FileChange[]): Promise<string> {
    await host.createBranch(id, name, first);
    return host.commitFiles(id, { ref: name, expectedHead: first, changes, message: `On ${name}`, ...by });
  }
  const open = (name = SIDE): Promise<ForgePull> =>
    forge.openPull(id, {
      branch: name.replace('refs/heads/', ''),
      base: 'main',
      title: 'Roast',
      body: 'Hot.',
    });
  const merging = (head: string) => ({
    intoRef: MAIN,
    head,
    message: 'Merge T-1\n\nClawTank-Task: T-1\n',
    ...by,
  });
  /** No webhook tells it: one asks until it is known. */
  async function mergeable(number: number): Promise<string | undefined> {
    await until(async () => (await forge.pull(id, number))?.mergeable !== 'unknown');
    return (await forge.pull(id, number))?.mergeable;
  }

  it('describes the repository', async () => {
    expect(await forge.repository(id)).toMatchObject({
      defaultBranch: 'main',
      archived: false,
      canPush: true,
    });
  });

  it('opens a pull request once, finds and closes it', async () => {
    const head = await branch(SIDE, [write('a', '1')]);
    const pull = await open();
    expect(pull).toMatchObject({
      state: 'open',
      branch: 'clawtank/T-1/1',
      base: 'main',
      headSha: head,
      title: 'Roast',
    });
    expect((await open()).number).toBe(pull.number);
    expect((await forge.pulls(id, 'open')).map(({ number }) => number)).toEqual([pull.number]);
    await forge.closePull(id, pull.number);
    await forge.closePull(id, pull.number);
    expect(await forge.pull(id, pull.number)).toMatchObject({ state: 'closed', mergedSha: null });
    expect(await forge.pulls(id, 'open')).toEqual([]);
    expect(await forge.pulls(id, 'all')).toHaveLength(1);
    expect(await forge.pull(id, 4_711)).toBeUndefined();
  });

  it('refuses a pull request of a branch without work', async () => {
    await host.createBranch(id, SIDE, first);
    await expect(open()).rejects.toMatchObject({ reason: 'host.refused' });
  });

  it('says late whether a pull request merges', async () => {
    await branch(SIDE, [write('same', 'l\n')]);
    const pull = await open();
    expect((await forge.pull(id, pull.number))?.mergeable).toBe('unknown');
    expect(await mergeable(pull.number)).toBe('clean');
    await world.push(id, 'main', { same: 'r\n' });
    expect((await forge.pull(id, pull.number))?.mergeable).toBe('unknown');
    expect(await mergeable(pull.number)).toBe('conflict');
  });

  it('merges an open pull request by the host, once', async () => {
    const head = await branch(SIDE, [write('a', '1')]);
    const { number } = await open();
    const sha = await host.merge(id, merging(head));
    expect(await forge.pull(id, number)).toMatchObject({ state: 'merged', mergedSha: sha });
    expect(await host.resolve(id, MAIN)).toBe(sha);
    const { commits } = await host.commits(id, { to: sha, known: [head] });
    expect(commits).toMatchObject([
      { parents: [first, head], trailers: [{ key: 'ClawTank-Task', value: 'T-1' }] },
    ]);
    expect(await forge.mergePull(id, number, { head, message: 'again' })).toBe(sha);
    expect(await host.merge(id, merging(head))).toBe(sha);
  });

  it('merges no pull request that conflicts, and says where', async () => {
    const head = await branch(SIDE, [write('same', 'l\n')]);
    await open();
    const main = await world.push(id, 'main', { same: 'r\n' });
    await expect(host.merge(id, merging(head))).rejects.toMatchObject({
      reason: 'git.merge_conflict',
      details: { files: ['same'] },
    });
    expect(await host.resolve(id, MAIN)).toBe(main);
  });

  it('merges at the head that was approved only', async () => {
    const head = await branch(SIDE, [write('a', '1')]);
    const { number } = await open();
    await world.push(id, 'clawtank/T-1/1', { b: '2' });
    const merge = forge.mergePull(id, number, { head, message: 'm' });
    await expect(merge).rejects.toMatchObject({ reason: 'git.ref_moved' });
  });

  it('respects what protects a branch', async () => {
    const head = await branch(SIDE, [write('a', '1')]);
    const { number } = await open();
    await world.protectMain(id);
    expect(await forge.protection(id, 'main')).toMatchObject({
      pullRequestRequired: true,
      requiredApprovals: 1,
    });
    expect(await forge.protection(id, 'other')).toMatchObject({
      pullRequestRequired: false,
      requiredApprovals: 0,
    });
    await expect(host.merge(id, merging(head))).rejects.toMatchObject({ reason: 'host.refused' });
    const stray = await branch('refs/heads/stray', [write('b', '1')]);
    await expect(host.merge(id, merging(stray))).rejects.toMatchObject({ reason: 'host.protected' });
    await world.approve(id, number);
    expect(await host.merge(id, merging(head))).toMatch(/^[0-9a-f]{40}$/);
  });

  it('reads reviews, and speaks of its own pull request without a vote', async () => {
    const head = await branch(SIDE, [write('a', '1')]);
    const { number } = await open();
    await forge.review(id, number, { verdict: 'approve', body: 'Ada approves.', comments: [] });
    await world.approve(id, number);
    const reviews = await forge.reviews(id, number);
    expect(reviews.map(({ verdict }) => verdict)).toContain('approve');
    // GitLab does not say which commit was approved.
    expect([head, null]).toContain(reviews.find(({ verdict }) => verdict === 'approve')?.sha);
    expect(reviews.some(({ body }) => body.includes('Ada approves.'))).toBe(true);
  });

  it('shows no checks as none, and those there are', async () => {
    const head = await branch(SIDE, [write('a', '1')]);
    expect(await forge.checks(id, head)).toEqual([]);
    await forge.setCheck(id, head, {
      context: 'clawtank',
      state: 'pending',
      description: 'Waits',
      targetUrl: null,
    });
    await world.report(id, head, 'ci', false);
    await world.report(id, head, 'ci', true);
    const checks = (await forge.checks(id, head)).map(({ context, state }) => [context, state]);
    expect(checks.sort()).toEqual([
      ['ci', 'success'],
      ['clawtank', 'pending'],
    ]);
  });

  it('sets a hook up once, hears by it, asks again for what was lost, and takes it away', async () => {
    const listener = await HookListener.open();
    const hook = await forge.ensureHook(id, { url: listener.url, secret: 'a secret of some length' });
    expect(await forge.ensureHook(id, { url: listener.url, secret: 'another secret of length' })).toEqual(
      hook,
    );
    expect(await forge.hooks(id)).toEqual([{ ...hook, active: true }]);
    await branch(SIDE, [write('a', '1')]);
    await world.settled(id);
    expect(listener.received.some(({ body }) => body.includes('refs/heads/clawtank/T-1/1'))).toBe(true);
    world.deliver(id, false);
    const since = new Date(Date.now() - 60_000);
    await world.push(id, 'main', { lost: 'x' });
    await world.settled(id);
    const lost = (await forge.deliveries(id, hook.id, since)).find(({ ok }: ForgeDelivery) => !ok);
    const before = listener.received.length;
    await forge.redeliver(id, hook.id, lost?.id ?? '');
    await world.settled(id);
    expect(listener.received).toHaveLength(before + 1);
    expect(listener.received.at(-1)?.body).toContain('refs/heads/main');
    await forge.removeHook(id, hook.id);
    await forge.removeHook(id, hook.id);
    expect(await forge.hooks(id)).toEqual([]);
    await listener.close();
  });
}
