export const SCORED_FIELDS = ['mentions', 'priority', 'paths', 'depends_on'] as const;
export type ScoredField = (typeof SCORED_FIELDS)[number];

export interface CapturedTask {
  readonly title: string;
  readonly mentions?: readonly string[];
  readonly priority?: string;
  readonly paths?: readonly string[];
  readonly depends_on?: readonly string[];
}

/** One message and the tasks that it holds: by a label, or by a prediction. */
export interface CapturedMessage {
  readonly id: string;
  readonly tasks: readonly CapturedTask[];
}

export interface FieldScore {
  readonly right: number;
  readonly of: number;
  readonly accuracy: number;
  /** Only pairs where either side says more than the default: the part that can't be right by silence. */
  readonly said: { readonly right: number; readonly of: number; readonly accuracy: number };
}

export interface CaptureScore {
  readonly messages: number;
  readonly labelled: number;
  readonly predicted: number;
  readonly matched: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Messages without a task in which one was seen. */
  readonly falseAlarms: number;
  /** Messages whose predicted tasks are just the labelled ones. */
  readonly exactMessages: number;
  readonly fields: Readonly<Record<ScoredField, FieldScore>>;
}

const MATCH_FLOOR = 0.5;

const EMPTY_WORDS = new Set(
  (
    'a an the and or of to in on at by for from with into onto as is are was were be been being it its this that ' +
    'these those there here i me my we us our you your he his she her they them their someone somebody anyone ' +
    'anybody one can could would should shall will may might must need needs have has had do does did please pls ' +
    'plz kindly also too just then so some any if when'
  ).split(' '),
);

function stem(word: string): string {
  if (/^\d+s$/.test(word)) return word.slice(0, -1);
  const bare = word
    .replace(/(?<=[a-z]{3})ies$/, 'y')
    .replace(/(?<=[a-z]{3})(?:ing|ed|es|s)$/, '')
    .replace(/(?<=[a-z]{3})e$/, '');
  return /([bdglmnprt])\1$/.test(bare) && bare.length > 4 ? bare.slice(0, -1) : bare;
}

/** The words of a title that carry meaning, lightly stemmed, each once. */
export function contentWords(title: string): ReadonlySet<string> {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !EMPTY_WORDS.has(word));
  return new Set((telling.length > 0 ? telling : words).map(stem));
}

/** How far two titles say the same: the harmonic mean of both shares of common content words. */
export function titleOverlap(one: string, other: string): number {
  const [left, right] = [contentWords(one), contentWords(other)];
  if (left.size + right.size === 0) return 0;
  const common = [...left].filter((word) => right.has(word)).length;
  return (2 * common) / (left.size + right.size);
}

type Pair = readonly [labelled: CapturedTask, predicted: CapturedTask];

function pairUp(labelled: readonly CapturedTask[], predicted: readonly CapturedTask[]): Pair[] {
  const candidates = labelled
    .flatMap((label, l) =>
      predicted.map((guess, p) => ({ label, guess, l, p, overlap: titleOverlap(label.title, guess.title) })),
    )
    .filter(({ overlap }) => overlap >= MATCH_FLOOR)
    .sort((a, b) => b.overlap - a.overlap || a.l - b.l || a.p - b.p);
  const takenLabels = new Set<number>();
  const takenGuesses = new Set<number>();
  return candidates.flatMap(({ label, guess, l, p }): Pair[] => {
    if (takenLabels.has(l) || takenGuesses.has(p)) return [];
    takenLabels.add(l);
    takenGuesses.add(p);
    return [[label, guess]];
  });
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** A field in one comparable form; the empty string is its default. */
function plainField(task: CapturedTask, field: ScoredField): string {
  if (field === 'priority') return task.priority === 'normal' ? '' : (task.priority ?? '');
  const values = (task[field] ?? []).map((value) => {
    if (field === 'paths') return value.replace(/^\.\//, '').replace(/\/$/, '');
    return field === 'mentions' ? value.replace(/^@/, '').toLowerCase() : value.toUpperCase();
  });
  return [...new Set(values)].sort().join('\n');
}

function scoreField(pairs: readonly Pair[], field: ScoredField): FieldScore {
  const plain = pairs.map(([label, guess]) => [plainField(label, field), plainField(guess, field)] as const);
  const said = plain.filter(([label, guess]) => label !== '' || guess !== '');
  const count = (all: typeof plain) => {
    const right = all.filter(([label, guess]) => label === guess).length;
    return { right, of: all.length, accuracy: share(right, all.length) };
  };
  return { ...count(plain), said: count(said) };
}

function tasksById(messages: readonly CapturedMessage[], what: string): Map<string, readonly CapturedTask[]> {
  const byId = new Map(messages.map(({ id, tasks }) => [id, tasks]));
  if (byId.size !== messages.length) throw new Error(`an id occurs twice among the ${what} messages`);
  return byId;
}

/**
 * Compares predicted with labelled tasks, message by message. A message that was not answered counts as one
 * without tasks; an answer to a message that was not asked is an error.
 */
export function scoreCapture(
  labelled: readonly CapturedMessage[],
  predicted: readonly CapturedMessage[],
): CaptureScore {
  const known = tasksById(labelled, 'labelled');
  const answers = tasksById(predicted, 'predicted');
  const stray = [...answers.keys()].find((id) => !known.has(id));
  if (stray !== undefined) throw new Error(`message ${stray} is not in the corpus`);

  const rows = labelled.map(({ id, tasks }) => {
    const guesses = answers.get(id) ?? [];
    return { labels: tasks.length, guesses: guesses.length, pairs: pairUp(tasks, guesses) };
  });
  const pairs = rows.flatMap((row) => row.pairs);
  const totalLabels = rows.reduce((sum, row) => sum + row.labels, 0);
  const totalGuesses = rows.reduce((sum, row) => sum + row.guesses, 0);
  const precision = share(pairs.length, totalGuesses);
  const recall = share(pairs.length, totalLabels);
  return {
    messages: rows.length,
    labelled: totalLabels,
    predicted: totalGuesses,
    matched: pairs.length,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    falseAlarms: rows.filter((row) => row.labels === 0 && row.guesses > 0).length,
    exactMessages: rows.filter((row) => row.pairs.length === row.labels && row.labels === row.guesses).length,
    fields: {
      mentions: scoreField(pairs, 'mentions'),
      priority: scoreField(pairs, 'priority'),
      paths: scoreField(pairs, 'paths'),
      depends_on: scoreField(pairs, 'depends_on'),
    },
  };
}
