import type {
  Actor,
  Envelope,
  EventMap,
  EventType,
  Principal,
  ShowcasePerson,
  ShowcaseTask,
  ShowcaseView,
} from '@clawtank/contracts';

/** An event of a room whose data was not redacted. */
export type RoomEvent = {
  [K in EventType]: Pick<Envelope<K, EventMap[K]>, 'type' | 'at' | 'actor' | 'data'>;
}[EventType];

interface Tally {
  startedAt: string | null;
  readonly people: Map<string, ShowcasePerson>;
  readonly titles: Map<string, { key: string; title: string; by: Principal | null }>;
  readonly done: Map<string, ShowcaseTask>;
  readonly cancelled: Set<string>;
  readonly commits: Set<string>;
  readonly files: Set<string>;
  readonly merged: Set<number>;
  readonly predicted: Set<string>;
  readonly resolved: Set<string>;
  additions: number;
  deletions: number;
  messages: number;
  decisions: number;
}

/** XP that somebody earned in the room. */
export interface Earned {
  readonly subject: Principal;
  readonly xp: number;
}

/**
 * Tells a completed room from its log, with counts and names that its spectators could see as well. It is told
 * the events one by one, the oldest first, so that a long log need not be in memory.
 */
export class ShowcaseTeller {
  private readonly tally = emptyTally();

  hear(event: RoomEvent): void {
    count(this.tally, event);
  }

  tell(roomId: string, completedAt: string, earned: readonly Earned[]): ShowcaseView {
    const { tally } = this;
    for (const { subject, xp } of earned) credit(tally, subject, (person) => ({ ...person, xp }));
    const started_at = tally.startedAt ?? completedAt;
    const view = {
      room_id: roomId,
      started_at,
      completed_at: completedAt,
      minutes: Math.max(1, Math.ceil((Date.parse(completedAt) - Date.parse(started_at)) / 60_000)),
      people: [...tally.people.values()].sort(byShare),
      tasks: [...tally.done.values()],
      tasks_cancelled: tally.cancelled.size,
      commits: tally.commits.size,
      additions: tally.additions,
      deletions: tally.deletions,
      files: tally.files.size,
      pull_requests_merged: tally.merged.size,
      conflicts_predicted: tally.predicted.size,
      conflicts_resolved: tally.resolved.size,
      messages: tally.messages,
      decisions: tally.decisions,
      xp: earned.reduce((sum, { xp }) => sum + xp, 0),
    };
    return { ...view, headline: headline(view) };
  }
}

const byShare = (a: ShowcasePerson, b: ShowcasePerson): number =>
  b.xp - a.xp || b.tasks - a.tasks || b.messages - a.messages;

function emptyTally(): Tally {
  return {
    startedAt: null,
    people: new Map(),
    titles: new Map(),
    done: new Map(),
    cancelled: new Set(),
    commits: new Set(),
    files: new Set(),
    merged: new Set(),
    predicted: new Set(),
    resolved: new Set(),
    additions: 0,
    deletions: 0,
    messages: 0,
    decisions: 0,
  };
}

function count(tally: Tally, event: RoomEvent): void {
  tally.startedAt ??= event.at;
  switch (event.type) {
    case 'chat.message':
      tally.messages += 1;
      credit(tally, principalOf(event.actor), (person) => ({ ...person, messages: person.messages + 1 }));
      return;
    case 'room.decision':
      tally.decisions += 1;
      return;
    case 'task.created':
    case 'task.update':
      countTask(tally, event);
      return;
    case 'git.commit':
      countCommit(tally, event.data);
      return;
    case 'git.pull_request':
      if (event.data.action === 'merged') tally.merged.add(event.data.number);
      if (event.data.action === 'reviewed')
        credit(tally, principalOf(event.actor), (person) => ({ ...person, reviews: person.reviews + 1 }));
      return;
    case 'git.conflict':
      (event.data.state === 'resolved' ? tally.resolved : tally.predicted).add(event.data.conflict_id);
      return;
    default:
  }
}

function countTask(tally: Tally, event: RoomEvent & { type: 'task.created' | 'task.update' }): void {
  const { data, at } = event;
  const known = tally.titles.get(data.task_id);
  const title = 'title' in data ? data.title : (data.edited?.title ?? known?.title ?? data.key);
  const by = ('assignee' in data ? data.assignee : null) ?? known?.by ?? null;
  tally.titles.set(data.task_id, { key: data.key, title, by });
  if (!('change' in data)) return;
  if (data.change === 'cancelled') tally.cancelled.add(data.task_id);
  if (data.change !== 'completed' || tally.done.has(data.task_id)) return;
  tally.done.set(data.task_id, { key: data.key, title, by, completed_at: at });
  credit(tally, by, (person) => ({ ...person, tasks: person.tasks + 1 }));
}

function countCommit(tally: Tally, data: EventMap['git.commit']): void {
  if (tally.commits.has(data.sha)) return;
  tally.commits.add(data.sha);
  tally.additions += data.additions;
  tally.deletions += data.deletions;
  for (const file of data.files) tally.files.add(file);
}

function credit(tally: Tally, who: Principal | null, add: (person: ShowcasePerson) => ShowcasePerson): void {
  if (!who) return;
  const person = tally.people.get(who.id) ?? { subject: who, xp: 0, tasks: 0, reviews: 0, messages: 0 };
  tally.people.set(who.id, add(person));
}

const principalOf = ({ kind, id, name }: Actor): Principal | null =>
  kind === 'human' || kind === 'agent' ? { kind, id, name } : null;

const MINUTES = { hour: 60, day: 1440 } as const;

function headline(view: Omit<ShowcaseView, 'headline'>): string {
  const people = view.people.filter(({ subject }) => subject.kind === 'human').length;
  const agents = view.people.length - people;
  const who = [plural(people, 'person', 'people'), plural(agents, 'agent')].filter(Boolean).join(' and ');
  const what = plural(view.tasks.length, 'task') || 'no task';
  return `${who || 'Nobody'} finished ${what} in ${lasting(view.minutes)}`;
}

const plural = (count: number, one: string, many = `${one}s`): string =>
  count === 0 ? '' : `${count} ${count === 1 ? one : many}`;

function lasting(minutes: number): string {
  if (minutes < MINUTES.hour) return plural(minutes, 'minute');
  if (minutes < MINUTES.day) return plural(Math.round(minutes / MINUTES.hour), 'hour');
  return plural(Math.round(minutes / MINUTES.day), 'day');
}
