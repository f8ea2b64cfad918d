import type { Tx } from '@clawtank/database';
import { fail } from '../domain/failures.js';
import { findSuggestion, type SuggestionRow } from '../persistence/suggestion-rows.js';

/**
 * A suggestion that nobody has accepted or dismissed; the room is locked, so nobody does meanwhile.
 * @throws suggestion.not_found, suggestion.resolved
 */
export async function requirePending(tx: Tx, roomId: string, id: string): Promise<SuggestionRow> {
  const suggestion = await findSuggestion(tx, roomId, id);
  if (!suggestion) throw fail('suggestion.not_found', {});
  if (suggestion.state !== 'pending') throw fail('suggestion.resolved', { state: suggestion.state });
  return suggestion;
}
