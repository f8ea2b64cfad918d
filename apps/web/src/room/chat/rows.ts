import type { MessageView, QuestionView } from '@clawtank/contracts';
import type { Cast } from '../../story/cast';
import type { FeedItem } from '../../story/feed';
import { eventItems } from '../../story/feed';
import { type LogSlice, told } from '../../story/log';
import type { Sentence } from '../../story/sentence';
import type { Pending } from '../model';

/** A question of an agent, with its answer if it has one. */
export interface Asked {
  readonly id: string;
  readonly agentId: string;
  readonly taskId: string | null;
  readonly text: string;
  readonly options: readonly string[];
  readonly answer: string | null;
  readonly open: boolean;
}

/** One row of the chat. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'unread'; readonly key: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: MessageView;
      readonly goesOn: boolean;
    }
  | { readonly kind: 'event'; readonly key: string; readonly at: string; readonly sentence: Sentence }
  | { readonly kind: 'question'; readonly key: string; readonly at: string; readonly asked: Asked }
  | { readonly kind: 'pending'; readonly key: string; readonly line: Pending };

export interface ChatFacts {
  readonly messages: readonly MessageView[];
  readonly questions: readonly QuestionView[];
  readonly log: LogSlice;
  readonly cast: Cast;
  readonly pending: readonly Pending[];
  /** Up to here the reader has read; null when nothing is marked. */
  readonly readUpTo: number | null;
  readonly me: string;
}

/** Lines of one author within this time are one block. */
const BLOCK_MS = 5 * 60_000;
/** Characters of an ISO moment up to its minute. */
const MINUTE = 'YYYY-MM-DDTHH:MM'.length;

interface Placed {
  readonly seq: number;
  readonly at: string;
  readonly row: Row;
}

type EventItem = Extract<FeedItem, { kind: 'event' }>;
type MessageRow = Extract<Row, { kind: 'message' }>;

/** Rows of what has not changed stay the same objects, so that a frame draws its own rows and not thousands. */
const LINES = new WeakMap<EventItem, Placed>();
const SAID = new WeakMap<MessageView, Placed>();
const GOING_ON = new WeakMap<Row, Row>();

function kept<K extends object, V>(known: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make(key);
  known.set(key, made);
  return made;
}

const lineOf = ({ seq, at, sentence }: EventItem): Placed => ({
  seq,
  at,
  row: { kind: 'event', key: `e${seq}`, at, sentence },
});

const saidOf = (message: MessageView): Placed => ({
  seq: message.seq,
  at: message.created_at,
  row: { kind: 'message', key: message.message_id, message, goesOn: false },
});

/** The chat from its oldest row: messages, the main events as lines between them, questions, what is being sent. */
export function chatRows(facts: ChatFacts): readonly Row[] {
  const { messages, log, cast, pending } = facts;
  const oldest = messages[0]?.seq ?? 0;
  const lines = eventItems(log, cast)
    .filter(isMain)
    .filter(({ seq }) => seq >= oldest || log.from <= 1)
    .map((item) => kept(LINES, item, lineOf));
  const said = messages.map((message) => kept(SAID, message, saidOf));
  const all = [...lines, ...said, ...questionsIn(facts)].sort((a, b) => a.seq - b.seq);
  return [...withBreaks(all, facts), ...pending.map(pendingRow)];
}

/** A question has a row of its own, which also tells its answer. */
const isMain = (item: FeedItem): item is EventItem =>
  item.kind === 'event' &&
  item.sentence.main &&
  item.type !== 'agent.question' &&
  item.type !== 'agent.answered';

const pendingRow = (line: Pending): Row => ({ kind: 'pending', key: line.id, line });

/** Questions that the log tells, and open ones from before it, which stand first. */
function questionsIn({ log, questions }: ChatFacts): readonly Placed[] {
  const events = told(log);
  const answers = new Map(
    events.flatMap((event) =>
      event.type === 'agent.answered' ? [[event.data.question_id, event.data.answer] as const] : [],
    ),
  );
  const open = new Set(questions.filter(({ answer }) => answer === null).map((one) => one.question_id));
  const seen = new Set<string>();
  const heard = events.flatMap((event): Placed[] => {
    if (event.type !== 'agent.question') return [];
    const { question_id: id, agent_id: agentId, task_id: taskId, text, options } = event.data;
    seen.add(id);
    const asked = { id, agentId, taskId, text, options, answer: answers.get(id) ?? null, open: open.has(id) };
    return [{ seq: event.seq, at: event.at, row: { kind: 'question', key: id, at: event.at, asked } }];
  });
  const before = questions
    .filter((one) => open.has(one.question_id) && !seen.has(one.question_id))
    .map((one): Placed => {
      const { question_id: id, agent_id: agentId, task_id: taskId, text, options, answer } = one;
      const asked = { id, agentId, taskId, text, options, answer, open: true };
      return { seq: 0, at: one.created_at, row: { kind: 'question', key: id, at: one.created_at, asked } };
    });
  return [...before, ...heard];
}

const dayOf = (at: string): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
};

function withBreaks(all: readonly Placed[], { readUpTo, me }: ChatFacts): readonly Row[] {
  const rows: Row[] = [];
  let day = '';
  let minute = '';
  let marked = readUpTo === null;
  for (const { seq, at, row } of all) {
    // A day never begins within a minute, and asking the calendar for each of thousands of rows takes long.
    const today = at.slice(0, MINUTE) === minute ? day : dayOf(at);
    if (today !== day) rows.push({ kind: 'day', key: `d${today}`, at });
    day = today;
    minute = at.slice(0, MINUTE);
    if (!marked && seq > (readUpTo ?? 0) && isNews(row, me)) {
      rows.push({ kind: 'unread', key: 'unread' });
      marked = true;
    }
    const before = rows.at(-1);
    const joined = row.kind === 'message' && goesOn(row.message, before);
    rows.push(
      joined ? kept(GOING_ON, row, (first): Row => ({ ...(first as MessageRow), goesOn: true })) : row,
    );
  }
  return rows;
}

/** What the reader said is no news to them. */
const isNews = (row: Row, me: string): boolean =>
  row.kind === 'question' || (row.kind === 'message' && row.message.author.id !== me);

function goesOn(message: MessageView, before: Row | undefined): boolean {
  if (before?.kind !== 'message' || message.reply_to !== null) return false;
  const { author, created_at } = before.message;
  return (
    author.id === message.author.id &&
    author.kind === message.author.kind &&
    author.kind !== 'system' &&
    Date.parse(message.created_at) - Date.parse(created_at) < BLOCK_MS
  );
}
