import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Envelope, roomStream, type XpView } from '@clawtank/contracts';
import type { Check, Figures } from './figures.js';
import { finalStateOf } from './final-state.js';
import { type Cast, fileIn, OUTSIDE, type Prediction, type Stage } from './scenario.js';
import { countLeaks, type PrivateField, PRIVATE_FIELDS } from './secrets.js';
import { waitFor } from './wait.js';

/** What a member may read somewhere: the control without which "nothing leaked" would mean nothing. */
const MEMBERS_SEE: readonly PrivateField[] = [
  'direct_message',
  'reply_by_direct_message',
  'agent_detail',
  'agent_instructions',
  'progress_note',
  'hand_over_note',
  'redirect_instruction',
];

interface Seen {
  readonly member: readonly string[];
  readonly stranger: readonly string[];
  readonly events: readonly Envelope[];
  readonly head: number;
  readonly tiles: boolean;
  readonly spectatorTiles: boolean;
  /** The page of the room as the server sent it. */
  readonly watchPage: string;
}

/** Everything that each side got, once the live frames have caught up with the log. */
async function gather(cast: Cast, serverLog: string): Promise<Seen> {
  const { room, member, spectator, mira, jonas } = cast;
  const stream = roomStream(room.id);
  const head = (await room.snapshot(mira)).cursor;
  await waitFor('the frames of everyone', () =>
    [member, spectator].every(
      (listener) => (listener.frames.filter((f) => f.stream === stream).at(-1)?.to ?? 0) >= head,
    )
      ? true
      : undefined,
  );
  const stranger = mira.rest.anonymous();
  const pages = [
    '/',
    `/watch/${room.slug}`,
    `/api/v1/rooms/${room.slug}`,
    '/api/v1/rooms',
    '/api/v1/leaderboard',
    `/api/v1/rooms/${room.slug}/events?after=0&limit=1000`,
    `/api/v1/rooms/${room.slug}/messages`,
    `/api/v1/rooms/${room.slug}/tasks`,
    `/api/v1/rooms/${room.slug}/members`,
    '/metrics',
    '/api/openapi.json',
    `/api/v1/agents/pincer/profile`,
    `/api/v1/users/${jonas.id}/reputation`,
  ];
  await waitFor('the pages', async () => ((await stranger.status('/')) === 503 ? undefined : true));
  const answers = await Promise.all(pages.map((path) => stranger.text(path)));
  const own = await jonas.rest.get<object>('/me/events?after=0');
  const firstSpectatorFrame = spectator.frames.find((frame) => frame.stream === stream)?.from ?? head + 1;
  return {
    member: [...member.raw, JSON.stringify(own), JSON.stringify(await room.snapshot(jonas))],
    stranger: [...spectator.raw, ...answers, serverLog],
    events: member.events(stream),
    head,
    tiles: member.tiles(stream, 1, head),
    spectatorTiles: spectator.tiles(stream, firstSpectatorFrame, head),
    watchPage: answers[pages.indexOf(`/watch/${room.slug}`)] ?? '',
  };
}

const CHANGES: readonly (readonly [string, RegExp])[] = [
  ['CONTRIBUTORS.md', /Mira[\s\S]*Jonas/],
  ['docs/agents/molt.md', /scripted agent/],
  ['.editorconfig', /indent_size = 2/],
  ['README.md', /one calm room[\s\S]*one quick room|one quick room[\s\S]*one calm room/],
];

function countMerged(folder: string): number {
  const present = CHANGES.filter(
    ([path, content]) => fileIn(folder, path) && content.test(readFileSync(join(folder, path), 'utf8')),
  );
  const outside = Object.keys(OUTSIDE).filter((path) => fileIn(folder, path));
  // The README holds two.
  return present.length + outside.length + (present.some(([path]) => path === 'README.md') ? 1 : 0);
}

function sumOfXp(events: readonly Envelope[]): number {
  return events
    .filter((event) => event.type === 'reputation.xp')
    .reduce((sum, event) => sum + (event.data as { amount: number }).amount, 0);
}

function conflictsIn(events: readonly Envelope[], state: string): number {
  const ids = events
    .filter((event) => event.type === 'git.conflict' && (event.data as { state: string }).state === state)
    .map((event) => (event.data as { conflict_id: string }).conflict_id);
  return new Set(ids).size;
}

export interface Run {
  readonly prediction: Prediction;
  /** Folder of a fresh clone. */
  readonly clone: string;
  readonly serverLog: string;
  readonly begun: number;
}

/** Holds everything that was seen against what must be. */
export async function judge(
  cast: Cast,
  stage: Stage,
  run: Run,
): Promise<{ figures: Figures; checks: readonly Check[] }> {
  const seen = await gather(cast, run.serverLog);
  const words = [...Object.values(stage.secrets), ...cast.tokens];
  const { xp } = await cast.room.snapshot(cast.mira);
  const { codeHost } = stage;
  const figures: Figures = {
    merged: countMerged(run.clone),
    log_seq: seen.head,
    log_gaps: seen.tiles ? seen.head - new Set(seen.events.map((event) => event.seq)).size : seen.head,
    xp_total: xp.reduce((sum, entry: XpView) => sum + entry.total, 0),
    conflicts_predicted: conflictsIn(seen.events, 'predicted'),
    conflicts_resolved: conflictsIn(seen.events, 'resolved'),
    secrets_planted: words.length,
    spectator_leaks: countLeaks(words, seen.stranger),
    seconds: Math.round((Date.now() - run.begun) / 100) / 10,
    host: codeHost?.repository.host ?? 'local',
    final: await finalStateOf(cast, run.clone, seen.events),
    ...(codeHost ? { deliveries: codeHost.fates() } : {}),
  };
  return {
    figures,
    checks: [
      ...logChecks(seen, figures),
      ...conflictChecks(seen, run.prediction),
      ...privacyChecks(seen, figures, stage),
    ],
  };
}

function logChecks(seen: Seen, figures: Figures): Check[] {
  const xp = sumOfXp(seen.events);
  const { merged, log_gaps: gaps, xp_total: total } = figures;
  const wanted = figures.host === 'local' ? 5 : 6;
  return [
    { what: `main holds all ${wanted} changes in a fresh clone`, holds: merged === wanted, found: merged },
    { what: "the members' frames tile 1…N without a hole", holds: seen.tiles && gaps === 0, found: gaps },
    { what: "the spectators' frames tile too", holds: seen.spectatorTiles, found: seen.spectatorTiles },
    { what: 'the XP of the log adds up to the totals', holds: total > 0 && total === xp, found: [total, xp] },
  ];
}

function conflictChecks({ events }: Seen, { conflict, gitFiles, pullRequestsThen }: Prediction): Check[] {
  const files = [...conflict.files].sort();
  const same = files.length > 0 && files.join() === [...gitFiles].sort().join();
  return [
    {
      what: 'a conflict was predicted before its pull requests',
      holds: pullRequestsThen === 0,
      found: pullRequestsThen,
    },
    { what: "its files are git's own answer", holds: same, found: [files, gitFiles] },
    {
      what: 'it was detected',
      holds: conflictsIn(events, 'detected') > 0,
      found: conflictsIn(events, 'detected'),
    },
    {
      what: 'it was resolved',
      holds: conflictsIn(events, 'resolved') > 0,
      found: conflictsIn(events, 'resolved'),
    },
    {
      what: 'the room went through merge_conflict',
      holds: wentThrough(events, 'merge_conflict'),
      found: null,
    },
  ];
}

function privacyChecks(seen: Seen, figures: Figures, { secrets }: Stage): Check[] {
  const missed = MEMBERS_SEE.filter((field) => countLeaks([secrets[field]], seen.member) === 0);
  const planted = PRIVATE_FIELDS.every((field) => secrets[field] !== '');
  return [
    {
      what: `a word stands in each of ${PRIVATE_FIELDS.length} private fields`,
      holds: planted,
      found: secrets,
    },
    { what: 'members saw every word that is theirs to see', holds: missed.length === 0, found: missed },
    {
      what: 'the page that strangers open shows the room',
      holds: /tagline say quick/.test(seen.watchPage),
      found: null,
    },
    { what: 'strangers saw none', holds: figures.spectator_leaks === 0, found: figures.spectator_leaks },
  ];
}

const wentThrough = (events: readonly Envelope[], state: string): boolean =>
  events.some((event) => event.type === 'room.state_changed' && (event.data as { to: string }).to === state);
