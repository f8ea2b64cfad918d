import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { type LogTx, UnitOfWork } from '@clawtank/events';
import type { CommitRecord } from '../domain/git-objects.js';
import { ZERO_SHA } from '../domain/ref-names.js';
import { movesBetween, type RefMoved } from '../domain/ref-moves.js';
import { type KnownRef, listKnownRefs } from '../persistence/refs.js';
import { GitHost } from './git-host.js';
import { recordMove, type SeenMove } from './record-move.js';

/** Runs one transaction; a command passes its own, so that its answer tells where the events stand. */
export type Transact = <T>(work: (tx: LogTx) => Promise<T>) => Promise<T>;

/** Refs that keep moving are caught up with by whoever moves them. */
const ROUNDS = 5;

/**
 * Brings the log up to what a repository's refs say. Git is the truth: whatever moved a ref, and whether or not
 * that process lived to tell, the move is recorded once, by comparing refs with what was recorded of them.
 */
@Injectable()
export class RecordRefs {
  constructor(
    private readonly host: GitHost,
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {}

  async run(roomId: string, transact: Transact = (work) => this.work.run(work)): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      // Read before the refs are: a move recorded in between then looks outdated instead of undone.
      const known = await this.database.transaction((tx) => listKnownRefs(tx, roomId));
      const { defaultRef, tips } = await this.host.state(roomId);
      const moves = movesBetween(known, tips);
      if (moves.length === 0) return;
      for (const move of moves) await this.record(roomId, defaultRef, known, move, transact);
    }
  }

  private async record(
    roomId: string,
    defaultRef: string,
    known: readonly KnownRef[],
    move: RefMoved,
    transact: Transact,
  ): Promise<void> {
    const seen = await this.look(roomId, defaultRef, known, move);
    const { published } = await transact((tx) => recordMove(tx, roomId, seen));
    if (published) await this.host.publishPullRequest(roomId, published.number, published.head);
  }

  /** Whether a ref went on from where it was: mostly the commits that it brought say so themselves. */
  private async follows(
    roomId: string,
    brought: readonly CommitRecord[],
    from: string,
    to: string,
  ): Promise<boolean> {
    const below = brought.some(({ parents }) => parents.includes(from));
    return below || this.host.isAncestor(roomId, from, to);
  }

  /** What a move brought, read from git before any lock is taken. */
  private async look(
    roomId: string,
    defaultRef: string,
    known: readonly KnownRef[],
    move: RefMoved,
  ): Promise<SeenMove> {
    const { ref, from, to } = move;
    const moves = known.find((one) => one.ref === ref)?.moves ?? 0;
    const base = known.find((one) => one.ref === defaultRef)?.sha ?? null;
    const seen = { ...move, moves, isDefault: ref === defaultRef };
    if (to === null || to === ZERO_SHA || ref.startsWith('refs/tags/')) {
      return { ...seen, forced: false, commits: [], paths: [] };
    }
    const others = [from, seen.isDefault ? null : base].filter((sha) => sha !== null);
    const { commits } = await this.host.commits(roomId, { to, known: others });
    return {
      ...seen,
      commits,
      forced: from !== null && !(await this.follows(roomId, commits, from, to)),
      paths: base === null || seen.isDefault ? [] : await this.host.changedPaths(roomId, base, to),
    };
  }
}
