import { inferPaths, type PastChange, tellingWords } from './infer-paths.js';

const PAST: readonly PastChange[] = [
  { text: 'Refresh sessions quietly', files: ['src/auth/session.ts', 'src/auth/session.spec.ts'] },
  { text: 'Let sessions expire', files: ['src/auth/session.ts'] },
  { text: 'Show totals in the invoice footer', files: ['web/billing/footer.tsx'] },
  { text: 'Invoice numbers', files: ['server/billing/number.ts'] },
  { text: 'Move everything', files: Array.from({ length: 30 }, (_, i) => `old/f${String(i)}.ts`) },
];
const infer = (title: string, description = '') =>
  inferPaths({ title, description }, PAST).map(({ pattern, named }) => `${pattern}${named ? ' named' : ''}`);

describe('the paths of a task that names none', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'what the text names',
      'Tidy `src/auth/login.ts` and docs/',
      ['src/auth/login.ts named', 'docs/** named'],
    ],
    ['what is named wins over every guess', 'Sessions in src/api/users.ts', ['src/api/users.ts named']],
    ['a folder of that name', 'Harden auth', ['src/auth/**']],
    [
      'files of past work on the same words',
      'Session timeout',
      ['src/auth/session.ts', 'src/auth/session.spec.ts'],
    ],
    ['a folder stands for its files', 'Auth: sessions survive a restart', ['src/auth/**']],
    ['nothing, where two folders bear the name', 'Rework billing', []],
    ['nothing from changes of everything', 'Everything old', ['old/**']],
    ['nothing, without a word in common', 'Write a poem', []],
    ['nothing from words that say nothing', 'Fix the new page', []],
  ])('%s', (_, title, patterns) => {
    expect(infer(title)).toEqual(patterns);
  });

  it('reads the description for names, not for guesses', () => {
    expect(infer('Do it', 'in src/auth/login.ts')).toEqual(['src/auth/login.ts named']);
    expect(infer('Do it', 'sessions')).toEqual([]);
  });

  it('says why', () => {
    const why = (title: string) => inferPaths({ title, description: '' }, PAST).map((path) => path.why);
    expect(why('Session timeout')).toEqual([
      'past work on “session” touched it 2 times',
      'past work on “session” touched it once',
    ]);
    expect(why('Harden auth')).toEqual(['the title says “auth”, as the folder src/auth does']);
    expect(why('See src/a.ts')).toEqual(['the text names it']);
  });

  it('gives the same whatever the order of the past', () => {
    const task = { title: 'Session timeout', description: '' };
    expect(inferPaths(task, [...PAST].reverse())).toEqual(inferPaths(task, PAST));
  });

  it('has no use for a word that is everywhere', () => {
    const past = Array.from({ length: 40 }, (_, i) => ({
      text: `Robot ${String(i)}`,
      files: [`f${String(i)}.ts`],
    }));
    expect(inferPaths({ title: 'Robot arm', description: '' }, past)).toEqual([]);
  });

  it('is quick with much past and long titles', () => {
    const past = Array.from({ length: 500 }, (_, i) => ({
      text: `Part ${String(i)} of the ${'very '.repeat(30)} long story number${String(i % 50)}`,
      files: Array.from({ length: 15 }, (__, j) => `a${String(i % 9)}/b${String(j)}/c.ts`),
    }));
    const started = performance.now();
    inferPaths({ title: `number7 ${'word '.repeat(100)}`, description: 'x '.repeat(4_000) }, past);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

it.each([
  ['loginForm errors', ['login', 'form', 'error']],
  ['Fix the tests', []],
  ['OAuth2 tokens, tokens', ['oauth2', 'token']],
])('the telling words of %p', (text, words) => {
  expect(tellingWords(text)).toEqual(words);
});
