import { handOverNote, type LeftBehind } from './hand-over.js';

const left = (some: Partial<LeftBehind> = {}): LeftBehind => ({
  key: 'T-3',
  fence: 2,
  by: 'pincer',
  why: 'expired',
  heldFor: 20 * 60_000,
  branch: 'clawtank/T-3/2',
  progress: null,
  note: null,
  commits: [],
  files: [],
  questions: [],
  ...some,
});
const commits = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    sha: `${String(n)}abcdef0123`,
    message: `Step ${String(n)}\n\nBody`,
  }));

describe('a hand-over note', () => {
  it.each<[string, LeftBehind, string | null]>([
    [
      'says that nothing was pushed',
      left(),
      'Claim 2 of T-3 by pincer ended because its lease ran out after 20 min.\nNothing was pushed.',
    ],
    ['leaves a claim without work as it is', left({ why: 'released' }), null],
    ['keeps the word of who gave it back', left({ why: 'released', note: 'too hard' }), 'too hard'],
    [
      'tells progress, work and questions',
      left({
        why: 'released',
        note: 'half done',
        progress: 0.5,
        commits: commits(1),
        files: ['a.ts', 'b.ts'],
        questions: ['Which  colour?\nBlue?'],
      }),
      [
        'half done',
        '',
        'Claim 2 of T-3 by pincer was given back after 20 min, at 50 %.',
        'On clawtank/T-3/2: 1 commit',
        '- 0abcdef0 Step 0',
        'Files: a.ts, b.ts',
        'It asked: Which colour? Blue?',
      ].join('\n'),
    ],
  ])('%s', (_name, facts, expected) => {
    expect(handOverNote(facts)).toBe(expected);
  });

  it('stays short', () => {
    const files = Array.from({ length: 400 }, (_, n) => `src/file-${String(n)}.ts`);
    const questions = Array.from({ length: 50 }, () => 'x'.repeat(9_000));
    const note = handOverNote(left({ commits: commits(90), files, questions }));
    expect(note).toContain('90 commits, the latest');
    expect(note).toContain('and 388 more');
    expect(note?.length).toBeLessThan(2_000);
  });
});
