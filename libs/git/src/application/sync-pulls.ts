import { Injectable } from '@nestjs/common';
import type { CheckView } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { UnitOfWork } from '@clawtank/events';
import { lockRoomById } from '@clawtank/rooms';
import {
  dropReviews,
  findPullRequest,
  listChecks,
  listPullRequests,
  saveCheck,
} from '../persistence/pull-requests.js';
import { applyPull } from './apply-pull.js';
import type { Forge, ForgePull } from './forge.js';
import { hostActor } from './host-actor.js';
import { keepHostReview } from './keep-host-review.js';

/** Which of a room's pull requests to look at closely; all that are open are compared anyway. */
export interface Wanted {
  readonly pulls: readonly number[];
  /** Commits. */
  readonly checks: readonly string[];
  /** Everything: nobody knows what was missed. */
  readonly all: boolean;
}

interface Place {
  readonly roomId: string;
  readonly forge: Forge;
  /** Nobody but people who were let in can say anything there. */
  readonly trusted: boolean;
}

/** Brings a room's pull requests, their reviews and checks up to what the host says. */
@Injectable()
export class SyncPulls {
  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {}

  async run(roomId: string, forge: Forge, wanted: Wanted): Promise<void> {
    const { private: trusted } = await forge.repository(roomId);
    const place = { roomId, forge, trusted };
    const begun = new Set<number>();
    for (const pull of await this.changed(roomId, forge, wanted))
      if (await this.apply(place, pull)) begun.add(pull.number);
    const open = await this.database.transaction((tx) => listPullRequests(tx, roomId, 'open'));
    for (const { number, headSha } of open) {
      // What was said of one before it was ours to hear is news too.
      const close = wanted.all || begun.has(number) || wanted.pulls.includes(number);
      if (close) await this.reviews(place, number);
      if (close || wanted.checks.includes(headSha)) await this.checks(place, headSha);
    }
  }

  /**
   * What was said of a pull request that is over by now was said while it was open, and is told first: what it was
   * worth depends on it, and nobody may have told us in time.
   * @returns whether nothing was known of it before
   */
  private async apply(place: Place, pull: ForgePull): Promise<boolean> {
    const { roomId, forge } = place;
    const host = hostActor(forge);
    const known = await this.database.transaction((tx) => findPullRequest(tx, roomId, pull.number));
    if (pull.state !== 'open' && (known === undefined || known.state === 'open')) {
      if (pull.state === 'merged')
        await this.work.run((tx) => applyPull(tx, roomId, { ...pull, state: 'open', mergedSha: null }, host));
      await this.reviews(place, pull.number);
      await this.checks(place, pull.headSha);
    }
    await this.work.run((tx) => applyPull(tx, roomId, pull, host));
    return known === undefined;
  }

  /** Those that are open there or here, and those that were named: each as the host has it now. */
  private async changed(roomId: string, forge: Forge, { pulls }: Wanted): Promise<readonly ForgePull[]> {
    const there = await forge.pulls(roomId, 'open');
    const here = await this.database.transaction((tx) => listPullRequests(tx, roomId, 'open'));
    const listed = new Set(there.map(({ number }) => number));
    const gone = new Set([...here.map(({ number }) => number), ...pulls]);
    const others: ForgePull[] = [];
    for (const number of [...gone].sort((a, b) => a - b)) {
      const pull = listed.has(number) ? undefined : await forge.pull(roomId, number);
      if (pull) others.push(pull);
    }
    return [...others, ...there];
  }

  private async reviews(place: Place, number: number): Promise<void> {
    const { roomId, forge } = place;
    const there = await forge.reviews(roomId, number);
    const oldestFirst = there.toSorted((one, other) => one.at.getTime() - other.at.getTime());
    await this.work.run(async (tx) => {
      if (!(await lockRoomById(tx, roomId))) return;
      const request = await findPullRequest(tx, roomId, number);
      if (request?.state !== 'open') return;
      await dropReviews(
        tx,
        request.id,
        there.map(({ id }) => id),
      );
      for (const review of oldestFirst) await keepHostReview(tx, request, review, place);
    });
  }

  private async checks({ roomId, forge }: Place, sha: string): Promise<void> {
    const host = hostActor(forge);
    const checks = await forge.checks(roomId, sha);
    await this.work.run(async (tx) => {
      if (!(await lockRoomById(tx, roomId))) return;
      const known = (await listChecks(tx, roomId, [sha])).get(sha) ?? [];
      for (const { context, state, description, targetUrl } of checks) {
        const check: CheckView = { context, state, description, target_url: targetUrl };
        if (known.some((one) => isSame(one, check))) continue;
        await saveCheck(tx, roomId, sha, { ...check, reporter: host });
        tx.appendToRoom(roomId, { type: 'git.checks', actor: host, data: { sha, ...check } });
      }
    });
  }
}

const isSame = (one: CheckView, other: CheckView): boolean =>
  one.context === other.context &&
  one.state === other.state &&
  one.description === other.description &&
  one.target_url === other.target_url;
