import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@clawtank/database';
import { UnitOfWork } from '@clawtank/events';
import { lockRoomById, SystemLine } from '@clawtank/rooms';
import { branchOf } from '../domain/ref-names.js';
import { listOddMoves, markJudged, type OddMove } from '../persistence/refs.js';
import { findRepository } from '../persistence/repositories.js';
import type { Forge } from './forge.js';

/**
 * Tells the room, once, of what a code host took and the built-in host would have refused: commits on the default
 * branch that came by no pull request, and pushes to the branch of a claim that has ended. Neither is merged by us.
 */
@Injectable()
export class FlagOddMoves {
  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly line: SystemLine,
  ) {}

  async run(roomId: string, forge: Forge): Promise<void> {
    const { odd, defaultRef } = await this.database.transaction((tx) => oddMoves(tx, roomId));
    if (odd.length === 0) return;
    const pulls = await forge.pulls(roomId, 'all');
    const merged = new Set(pulls.map(({ mergedSha }) => mergedSha));
    for (const one of odd) {
      const text = wordsFor(one, { defaultRef, merged, host: forge.name });
      await this.work.run(async (tx) => {
        if (!(await lockRoomById(tx, roomId)) || !(await markJudged(tx, roomId, one))) return;
        if (text) await this.line.say(tx, roomId, text);
      });
    }
  }
}

async function oddMoves(
  tx: Tx,
  roomId: string,
): Promise<{ readonly odd: readonly OddMove[]; readonly defaultRef: string }> {
  const repository = await findRepository(tx, roomId);
  const defaultRef = repository?.defaultRef ?? '';
  return { defaultRef, odd: repository?.state === 'ready' ? await listOddMoves(tx, roomId, defaultRef) : [] };
}

/** Null for what a merged pull request explains. */
function wordsFor(
  { ref, sha }: OddMove,
  known: { readonly defaultRef: string; readonly merged: ReadonlySet<string | null>; readonly host: string },
): string | null {
  const { defaultRef, merged, host } = known;
  const what = `${sha.slice(0, 10)} was pushed to ${branchOf(ref) ?? ref} on ${host}`;
  if (ref !== defaultRef) return `${what} for a claim that has ended. It is not merged from here.`;
  return merged.has(sha) ? null : `${what} past pull requests and their reviews.`;
}
