import type { Page, SignInSessionRef, SignInSessionView } from '@clawtank/contracts';
import {
  type Caller,
  type Command,
  type CommandContext,
  CommandHandler,
  type Query,
  type QueryContext,
  QueryHandler,
} from '@clawtank/commands';
import { fail } from '../domain/failures.js';
import { endSessions, listSessions, type SessionRow } from '../persistence/sign-in-sessions.js';
import { NoBody, NoInput, SessionRefBody } from './inputs.js';

function requirePerson(caller: Caller | null): Caller {
  if (caller?.kind !== 'human') throw fail('auth.people_only', {});
  return caller;
}

const view = (row: SessionRow, current: string | null | undefined): SignInSessionView => ({
  id: row.family,
  user_agent: row.user_agent,
  address: row.address,
  opened_at: row.opened_at.toISOString(),
  last_used_at: row.last_used_at.toISOString(),
  current: row.family === current,
});

@QueryHandler('sessions.list', NoInput)
export class ListSessions implements Query<'sessions.list'> {
  async run({ tx, caller }: QueryContext): Promise<Page<SignInSessionView>> {
    const { id, signInId } = requirePerson(caller);
    const rows = await listSessions(tx, id);
    return { items: rows.map((row) => view(row, signInId)), next_cursor: null };
  }
}

@CommandHandler('session.end', SessionRefBody)
export class EndSession implements Command<'session.end', Caller> {
  async authorise({ caller }: CommandContext): Promise<Caller> {
    return requirePerson(caller);
  }

  async run(
    { tx }: CommandContext,
    input: SignInSessionRef,
    caller: Caller,
  ): Promise<{ session_id: string }> {
    const { session_id } = input;
    const ended = await endSessions(tx, caller.id, { id: session_id });
    if (ended.length === 0) throw fail('auth.session_not_found', {});
    return { session_id };
  }
}

@CommandHandler('session.end_others', NoBody)
export class EndOtherSessions implements Command<'session.end_others', Caller> {
  async authorise({ caller }: CommandContext): Promise<Caller> {
    return requirePerson(caller);
  }

  async run({ tx }: CommandContext, _: NoBody, caller: Caller): Promise<{ ended: number }> {
    const ended = await endSessions(tx, caller.id, { except: caller.signInId ?? null });
    return { ended: ended.length };
  }
}
