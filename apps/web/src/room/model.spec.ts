import { aSnapshot } from '@clawtank/agent-sdk/testing';
import type { Envelope, EventMap, Frame, MemberEvent } from '@clawtank/contracts';
import { aMessage, MIRA, minutes, MOLT } from '../story/testing';
import { beginAgain, beginRoom, failed, hear, OLDER_CAP, sending, sent, withOlder } from './model';

const event = <K extends keyof EventMap>(
  seq: number,
  type: K,
  data: EventMap[K],
  actor = MIRA,
): MemberEvent =>
  ({
    id: `m${seq}`,
    stream: 'room:room-1',
    seq,
    type,
    at: new Date(minutes(seq)).toISOString(),
    actor,
    data,
  }) satisfies Envelope<K, EventMap[K]> as MemberEvent;

const said = (seq: number, text: string, actor = MIRA): MemberEvent =>
  event(
    seq,
    'chat.message',
    { message_id: `m${seq}`, text, mentions: [], reply_to: null, origin: 'member' },
    actor,
  );

const frame = (...events: readonly MemberEvent[]): Frame<MemberEvent> => ({
  stream: 'room:room-1',
  epoch: 'e1',
  from: events[0]?.seq ?? 0,
  to: events.at(-1)?.seq ?? 0,
  events,
});

const line = (id: string, text: string) => ({
  id,
  text,
  replyTo: null,
  at: new Date(minutes(0)).toISOString(),
});

describe('what was sent', () => {
  const begun = beginRoom(aSnapshot(), null);

  it('shows at once, and once, whether the answer or the event comes first', () => {
    const waiting = sending(begun, line('c1', 'hello'));
    expect(waiting.pending).toMatchObject([{ text: 'hello', state: 'sending' }]);
    const answered = sent(waiting, 'c1', 'm11');
    expect(hear(answered, frame(said(11, 'hello')), 'mira').pending).toEqual([]);
    const heard = hear(waiting, frame(said(11, 'hello')), 'mira');
    expect(heard.pending).toEqual([]);
    expect(sent(heard, 'c1', 'm11').pending).toEqual([]);
    expect(heard.story.snapshot.messages.map(({ text }) => text)).toEqual(['hello']);
  });

  it('answers to the oldest of two alike', () => {
    const twice = sending(sending(begun, line('c1', 'yes')), line('c2', 'yes'));
    expect(hear(twice, frame(said(11, 'yes')), 'mira').pending.map(({ id }) => id)).toEqual(['c2']);
  });

  it('is not answered by the same words of somebody else', () => {
    const waiting = sending(begun, line('c1', 'yes'));
    expect(hear(waiting, frame(said(11, 'yes', MOLT)), 'mira').pending).toHaveLength(1);
  });

  it('stays to be sent again when it failed, under the same id', () => {
    const broken = failed(sending(begun, line('c1', 'hello')), 'c1');
    expect(broken.pending).toMatchObject([{ id: 'c1', state: 'failed' }]);
    expect(sending(broken, line('c1', 'hello')).pending).toMatchObject([{ id: 'c1', state: 'sending' }]);
  });

  it('outlives a new snapshot, unless that has it already', () => {
    const waiting = sent(sending(begun, line('c1', 'hello')), 'c1', 'm11');
    expect(beginAgain(waiting, aSnapshot({ cursor: 20 })).pending).toHaveLength(1);
    expect(beginAgain(waiting, aSnapshot({ cursor: 20, messages: [aMessage(11)] })).pending).toEqual([]);
  });
});

describe('older messages', () => {
  it('come in front, each once, and an edit reaches them', () => {
    const begun = beginRoom(aSnapshot({ messages: [aMessage(8), aMessage(9)] }), null);
    const more = withOlder(begun, [aMessage(8), aMessage(7), aMessage(6)], true);
    expect(more.older.map(({ seq }) => seq)).toEqual([6, 7]);
    const edited = hear(
      more,
      frame(event(11, 'chat.edited', { message_id: 'm6', text: 'anew', mentions: [], reply_to: null })),
      'mira',
    );
    expect(edited.older.map(({ text }) => text)).toEqual(['anew', 'line 7']);
  });

  it('keep what the snapshot lets go of, up to a cap', () => {
    let model = beginRoom(aSnapshot({ cursor: 0 }), null);
    for (let seq = 1; seq <= 260; seq += 1) model = hear(model, frame(said(seq, `line ${seq}`)), 'mira');
    const { messages } = model.story.snapshot;
    expect([...model.older, ...messages].map(({ seq }) => seq)).toEqual(
      Array.from({ length: 260 }, (_, index) => index + 1),
    );
    expect(model.older.length).toBeLessThan(OLDER_CAP);
  });
});

it('tells nothing twice', () => {
  const begun = beginRoom(aSnapshot(), null);
  const once = hear(begun, frame(said(11, 'hello')), 'mira');
  expect(hear(once, frame(said(11, 'hello')), 'mira')).toBe(once);
});
