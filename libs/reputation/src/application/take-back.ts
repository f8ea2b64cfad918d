import type { LogTx } from '@clawtank/events';
import { mergeCause, revertAward, reviewCauses } from '../domain/awards.js';
import { workOfCommit } from '../persistence/code-evidence.js';
import { awardsFor, type Source } from '../persistence/ledger.js';
import { giveXp } from './give-xp.js';

/** Takes back what was earned with commits that main no longer holds: by who made them and by who approved. */
export async function takeBack(tx: LogTx, shas: readonly string[], source: Source): Promise<void> {
  for (const sha of shas) {
    const work = await workOfCommit(tx, source.roomId, sha);
    if (!work) continue;
    const pull = { roomId: source.roomId, number: work.number };
    const sought = { cause: mergeCause(pull), reviewsOf: reviewCauses(pull), beforeSeq: source.seq };
    for (const given of await awardsFor(tx, sought)) {
      const award = revertAward(given, sha, work.share);
      if (award) await giveXp(tx, award, source, given.id);
    }
  }
}
