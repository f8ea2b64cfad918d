import { foldRoom, isWhole } from '@clawtank/agent-sdk';
import type { Frame, MemberEvent, MessageView, RoomSnapshot, SpectatorEvent } from '@clawtank/contracts';
import { toldToMembers } from '../story/member';
import { beginStory, goOnTelling, lookBack, type RoomStory } from '../story/room-story';

/** A line that was sent and is not in the log yet. */
export interface Pending {
  /** The `command_id` under which it was sent; sending it again has one effect. */
  readonly id: string;
  readonly text: string;
  readonly replyTo: string | null;
  readonly at: string;
  readonly state: 'sending' | 'failed';
  /** Known once the server has answered. */
  readonly messageId: string | null;
}

/** Everything that a member's page knows of its room. */
export interface RoomModel {
  readonly story: RoomStory<RoomSnapshot>;
  /** Messages from before those of the snapshot, oldest first; only what was scrolled to. */
  readonly older: readonly MessageView[];
  /** `older` reaches back to the first message. */
  readonly whole: boolean;
  readonly pending: readonly Pending[];
}

type MemberFrame = Frame<MemberEvent>;

/** Messages that scrolled out of the snapshot and are kept all the same. */
export const OLDER_CAP = 2_000;
const FEW = 30;

/** What of a stretch of the log a member's page tells. */
export const toldFrame = (frame: MemberFrame): Frame<SpectatorEvent> => ({
  ...frame,
  events: frame.events.flatMap((event) => toldToMembers(event) ?? []),
});

export function beginRoom(snapshot: RoomSnapshot, tail: MemberFrame | null): RoomModel {
  const story = beginStory(snapshot, tail && toldFrame(tail));
  return { story, older: [], whole: snapshot.messages.length < FEW, pending: [] };
}

/** The room after a new snapshot: what lay between is in no event. What was typed and sent stays. */
export function beginAgain(model: RoomModel, snapshot: RoomSnapshot): RoomModel {
  const fresh = beginRoom(snapshot, null);
  return { ...fresh, pending: stillPending(model.pending, snapshot.messages) };
}

/** The room after a frame of its stream. */
export function hear(model: RoomModel, frame: MemberFrame, me: string): RoomModel {
  if (frame.to <= model.story.log.to) return model;
  const story = goOnTelling(model.story, frame, foldRoom, toldToMembers);
  const older = frame.events.reduce((messages, event) => later(messages, event, model), model.older);
  const said = frame.events.filter((event) => event.type === 'chat.message' && event.actor.id === me);
  const before = model.story.snapshot.messages;
  const gone = before.filter((message) => message.seq < (story.snapshot.messages[0]?.seq ?? 0));
  const kept = gone.length > 0 ? [...older, ...gone] : older;
  return {
    story,
    older: kept.length > OLDER_CAP ? kept.slice(-OLDER_CAP) : kept,
    whole: model.whole && kept.length <= OLDER_CAP,
    pending: said.reduce<readonly Pending[]>(arrived, model.pending),
  };
}

/** Older messages after an edit, a deletion or a reaction: the same fold as for the newest ones. */
function later(older: readonly MessageView[], event: MemberEvent, model: RoomModel): readonly MessageView[] {
  const changes =
    event.type === 'chat.edited' || event.type === 'chat.deleted' || event.type === 'chat.reaction';
  if (!changes || older.length === 0) return older;
  return foldRoom({ ...model.story.snapshot, messages: older, cursor: 0 }, event).messages;
}

/** An own message came: the one it answers to is no longer pending. The oldest of several alike comes first. */
function arrived(pending: readonly Pending[], event: MemberEvent): readonly Pending[] {
  if (event.type !== 'chat.message') return pending;
  const answered = pending.find((line) => line.messageId === event.id);
  const alike = pending.find(
    (line) =>
      isWhole(event) &&
      event.type === 'chat.message' &&
      line.messageId === null &&
      line.text === event.data.text &&
      line.replyTo === event.data.reply_to,
  );
  const done = answered ?? alike;
  return done ? pending.filter((line) => line !== done) : pending;
}

const stillPending = (pending: readonly Pending[], messages: readonly MessageView[]): readonly Pending[] =>
  pending.filter((line) => !messages.some((message) => message.message_id === line.messageId));

export const sending = (model: RoomModel, line: Omit<Pending, 'state' | 'messageId'>): RoomModel => ({
  ...model,
  pending: [
    ...model.pending.filter(({ id }) => id !== line.id),
    { ...line, state: 'sending', messageId: null },
  ],
});

/** The server has it. Its event may have come before the answer, or comes next. */
export function sent(model: RoomModel, id: string, messageId: string): RoomModel {
  const pending = model.pending.map((line) => (line.id === id ? { ...line, messageId } : line));
  return { ...model, pending: stillPending(pending, model.story.snapshot.messages) };
}

export const failed = (model: RoomModel, id: string): RoomModel => ({
  ...model,
  pending: model.pending.map((line) => (line.id === id ? { ...line, state: 'failed' } : line)),
});

export const forget = (model: RoomModel, id: string): RoomModel => ({
  ...model,
  pending: model.pending.filter((line) => line.id !== id),
});

/** The room with older messages in front; `page` is newest first, as the server gives it. */
export function withOlder(model: RoomModel, page: readonly MessageView[], whole: boolean): RoomModel {
  const first = model.older[0]?.seq ?? model.story.snapshot.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const older = page.filter((message) => message.seq < first).toSorted((a, b) => a.seq - b.seq);
  return { ...model, older: [...older, ...model.older], whole };
}

/** The room with an earlier stretch of its log. */
export const withPast = (model: RoomModel, frame: MemberFrame): RoomModel => ({
  ...model,
  story: lookBack(model.story, toldFrame(frame)),
});
