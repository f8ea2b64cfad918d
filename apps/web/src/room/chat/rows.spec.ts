import { castOf } from '../../story/cast';
import { aLog, aMessage, anEvent, aSnapshot, MIRA, SYSTEM } from '../../story/testing';
import { type ChatFacts, chatRows } from './rows';

const cast = castOf(aSnapshot());
const facts = (fields: Partial<ChatFacts> = {}): ChatFacts => ({
  messages: [1, 2, 3].map(aMessage),
  questions: [],
  log: aLog([]),
  cast,
  pending: [],
  readUpTo: null,
  me: 'jonas',
  ...fields,
});
const keysOf = (given: ChatFacts): readonly string[] => chatRows(given).map(({ key }) => key);
const paused = anEvent(4, 4, 'room.state_changed', SYSTEM, { from: 'collaborating', to: 'paused' });

describe('the rows of the chat', () => {
  it('begin each day with its break and join what one author says in a row', () => {
    const later = { ...aMessage(4), created_at: '2025-06-14T09:00:00.000Z' };
    const rows = chatRows(facts({ messages: [...facts().messages, later] }));
    expect(rows.filter(({ kind }) => kind === 'day')).toHaveLength(2);
    expect(rows.flatMap((row) => (row.kind === 'message' ? [row.goesOn] : []))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('mark where news begin, but not with what the reader said', () => {
    expect(keysOf(facts({ readUpTo: 1 }))).toContain('unread');
    expect(keysOf(facts({ readUpTo: 1, me: MIRA.id }))).not.toContain('unread');
  });

  it('put events between the messages', () => {
    const messages = [3, 5].map(aMessage);
    expect(keysOf(facts({ messages, log: aLog([paused]) })).slice(1)).toEqual(['m3', 'e4', 'm5']);
  });

  it('stay the same objects when more is said, so that only the new ones are drawn', () => {
    const { messages } = facts();
    const log = aLog([paused]);
    const before = chatRows(facts({ messages, log }));
    const after = chatRows(facts({ messages: [...messages, aMessage(5)], log: { ...log, to: 5 } }));
    const same = after.filter((row) => before.includes(row)).map(({ key }) => key);
    expect(same).toEqual(['m1', 'm2', 'm3', 'e4']);
  });

  it('follow a message that was edited', () => {
    const messages = [1, 2].map(aMessage);
    const before = chatRows(facts({ messages }));
    const edited = { ...aMessage(2), text: 'another word' };
    const after = chatRows(facts({ messages: [...messages.slice(0, 1), edited] }));
    expect(after[1]).toBe(before[1]);
    expect(after[2]).toMatchObject({ kind: 'message', goesOn: true, message: { text: 'another word' } });
  });
});
