import { type Ask, parseMessage } from './parse-message.js';

const titles = (text: string): string[] => parseMessage(text).map((ask) => ask.title);
const only = (text: string): Ask | undefined => parseMessage(text)[0];

describe('what people ask for', () => {
  it.each([
    ['Fix the login redirect', 'Fix the login redirect'],
    ['please add a dark mode toggle', 'Add a dark mode toggle'],
    ['Can you refactor the parser?', 'Refactor the parser'],
    ['could someone look into the flaky websocket test?', 'Look into the flaky websocket test'],
    ['Could anyone please update the README?', 'Update the README'],
    ['Would you mind renaming `foo.ts` to `bar.ts`?', 'Rename `foo.ts` to `bar.ts`'],
    ['We need to migrate the database to PostgreSQL 18.', 'Migrate the database to PostgreSQL 18'],
    ['we should cache the leaderboard query', 'Cache the leaderboard query'],
    ["Let's split the gateway into smaller files", 'Split the gateway into smaller files'],
    ['I need you to write tests for the reducer', 'Write tests for the reducer'],
    ['Someone has to document the REST API', 'Document the REST API'],
    ['We need a CI pipeline for the docs', 'Add a CI pipeline for the docs'],
    ['I would like a button that copies the invite link', 'Add a button that copies the invite link'],
    ['It would be nice to have keyboard shortcuts', 'Add keyboard shortcuts'],
    ['There should be a limit on message size', 'Add a limit on message size'],
    ['How about adding a search box to the header?', 'Add a search box to the header'],
    ["Why don't we drop support for Node 18?", 'Drop support for Node 18'],
    ['TODO: remove the old socket handler', 'Remove the old socket handler'],
    ['Feature request: export a room as JSON', 'Export a room as JSON'],
    ['Hey team, can we bump the TypeScript version?', 'Bump the TypeScript version'],
    ['Great, now fix the header as well', 'Fix the header'],
    ['ok so we have to validate the webhook signature', 'Validate the webhook signature'],
    ['When you have a minute, please update the changelog', 'Update the changelog'],
    ['If you have time, could you improve the error messages?', 'Improve the error messages'],
    ['Make sure to escape user names in the feed', 'Escape user names in the feed'],
    ['Please take a look at the memory usage of the worker', 'Take a look at the memory usage of the worker'],
    ['The docs need updating for the new CLI', 'Update the docs for the new CLI'],
    ['The upload form needs a progress bar', 'Add a progress bar to the upload form'],
    ['The settings page should show the current plan', 'Make the settings page show the current plan'],
    ['Sessions must be invalidated after a password change', 'Invalidate Sessions after a password change'],
    ['Test the retry logic with a slow server', 'Test the retry logic with a slow server'],
    ["Fix login but don't touch the API", 'Fix login'],
    ['I think we should rename the rooms table', 'Rename the rooms table'],
    [
      'Implement rate limiting in src/server/limits.ts asap',
      'Implement rate limiting in src/server/limits.ts',
    ],
    ['The login page is broken, can you fix it?', 'Fix the login page'],
    ['We really need to speed up the tests', 'Speed up the tests'],
    ['Someone should probably clean up the old feature flags', 'Clean up the old feature flags'],
    ['can you please make the sidebar collapsible', 'Make the sidebar collapsible'],
    ['need to wire up the new endpoint', 'Wire up the new endpoint'],
    ['could we get rid of the jQuery dependency?', 'Remove the jQuery dependency'],
    ['someone please write a migration for the new column', 'Write a migration for the new column'],
    ['Set up a staging environment', 'Set up a staging environment'],
    ["we've got to handle reconnects better", 'Handle reconnects better'],
    ["Don't forget to bump the version", 'Bump the version'],
    ["I'd love to see a changelog page", 'Write a changelog page'],
    ['Would it be possible to add an API for exports?', 'Add an API for exports'],
    ['Investigate why the worker restarts every hour', 'Investigate why the worker restarts every hour'],
  ])('%s', (text, title) => {
    expect(titles(text)).toEqual([title]);
  });
});

describe('what people report as broken', () => {
  it.each([
    'The login page is broken on Safari',
    'The import code is a total mess',
    "The export button doesn't work",
    'The server crashes when the payload is empty',
    'Saving a draft returns a 500',
    'There is a race condition in the claim handler',
    "I can't log in with GitHub",
    'CI fails on Windows because of path separators',
    'When I click save, nothing happens',
    'Found a typo in the footer',
    'The dashboard leaks memory after a few hours',
    'Bug: avatars are missing in the member list',
    'Dark mode stopped working after the last release',
    'getting a TypeError when I open the settings',
    'The reset link is not working',
    'Search never returns results with umlauts',
  ])('%s', (text) => {
    const asks = parseMessage(text);
    expect(asks).toHaveLength(1);
    expect(asks[0]?.how).toBe('heard');
    expect(asks[0]?.confidence).toBeGreaterThanOrEqual(0.5);
  });
});

describe('what asks for nothing', () => {
  it.each([
    'Good morning everyone!',
    'Thanks for fixing the parser',
    'great work on the login page',
    'lol',
    'Sounds good to me',
    'How does the gateway resume a stream?',
    'Why is the build red?',
    'Did you add tests for this?',
    'Should we use Redis or PostgreSQL?',
    'Is login broken?',
    'What do you think about the new design?',
    'Can you see this message?',
    'Can you explain how leases work?',
    "Don't merge yet",
    'Please do not touch the migrations',
    "Let's not change the API today",
    'We should not rename anything before the release',
    'Never mind, it works now',
    'I fixed the login redirect yesterday',
    "I'll add the tests tomorrow",
    "I'm working on the parser",
    'Added a test for that',
    'The bug is fixed',
    'It was broken but it works now',
    'The page no longer crashes',
    'Build is green again',
    'Test failures are up this week',
    'Release went out an hour ago',
    'Update: the deploy went fine',
    'Review looks good',
    'That should work',
    'The deploy should be done in five minutes',
    "Let's go!",
    "let's see",
    'Let me know what you think',
    'We need to talk',
    'I need a coffee',
    'You should try the new place on Main Street',
    '> Fix the login redirect',
    '```\nfix the login redirect\n```',
    '"Fix the login redirect"',
    'Bob said we should refactor the parser',
    'Check this out: https://example.org/fix/the/thing',
    'If we add a cache it would get complicated',
    'The new header looks great',
    'I agree with that',
    'send me the link please',
    'see you tomorrow',
    'brb',
    'I was wondering the same',
    'We already added rate limiting',
    'Can we meet at 3?',
    'Nice, that fixed it',
    'I was going to refactor the parser but ran out of time',
    'Changes look fine to me',
    'Tests pass',
    'You should be able to log in now',
    'Hold off on deploying',
    'He asked me to fix the build',
    'Use of eval is dangerous',
    'Support is a pain',
    'give me a minute',
    'make it so',
    'Can you give me access?',
    'write it down somewhere',
    'hm, interesting',
    '👍',
    '',
  ])('%s', (text) => {
    expect(parseMessage(text)).toEqual([]);
  });
});

describe('how urgent it is', () => {
  it.each([
    ['URGENT: fix the login', 'urgent', 'Fix the login'],
    ['fix the login asap', 'urgent', 'Fix the login'],
    ['Fix the login, not urgent', 'low', 'Fix the login'],
    ['Please add tooltips, no rush', 'low', 'Add tooltips'],
    ['It is important: we need to rotate the keys', 'high', 'Rotate the keys'],
    ['Add a footer', 'normal', 'Add a footer'],
    ['/task [high] Add a footer', 'high', 'Add a footer'],
    ['/task !urgent Stop the leak', 'urgent', 'Stop the leak'],
    ['/task --low polish the icons', 'low', 'Polish the icons'],
  ])('%s', (text, priority, title) => {
    expect(only(text)).toMatchObject({ priority, title });
  });
});

describe('which paths it names', () => {
  it.each<[string, string[]]>([
    ['Fix the types in `libs/chat/src/index.ts`', ['libs/chat/src/index.ts']],
    ['Refactor src/auth/** and tests/auth/', ['src/auth/**', 'tests/auth/']],
    ['Update README.md and package.json', ['README.md', 'package.json']],
    ['Fix the crash in login.ts', ['login.ts']],
    ["Fix login in src/login.ts but don't touch src/api.ts", ['src/login.ts']],
    ['Add and/or support to the CI/CD parser, see https://example.org/src/a.ts', []],
    ['Upgrade Node.js and Next.js', []],
    ['Rename `*.spec.js` files', ['*.spec.js']],
  ])('%s', (text, paths) => {
    expect(only(text)?.paths).toEqual(paths);
  });
});

describe('several at once', () => {
  it('takes each sentence for itself', () => {
    expect(titles('The header is nice. Fix the footer. Then add a favicon!')).toEqual([
      'Fix the footer',
      'Add a favicon',
    ]);
  });
  it('takes each item of a list that was announced', () => {
    expect(
      titles('We need to:\n- dark mode for the board\n- fix the footer\n- [x] add a logo\n- why not?'),
    ).toEqual(['Add dark mode for the board', 'Fix the footer']);
  });
  it('takes the items of another list only if they ask', () => {
    expect(titles('What I did today:\n1. new header\n2. a better footer')).toEqual([]);
    expect(titles('Notes\n* the cat is fine\n* please fix the cat door')).toEqual(['Fix the cat door']);
  });
  it('makes no more than ten', () => {
    expect(parseMessage(`todo:\n${'- fix the thing here\n'.repeat(40)}`)).toHaveLength(10);
  });
});

describe('a task by command', () => {
  it('takes the first line as title and the rest as description', () => {
    expect(only('/task [high] @Pincer Add a footer to src/app/\nWith the version in it.')).toEqual({
      how: 'command',
      title: 'Add a footer to src/app/',
      description: 'With the version in it.',
      priority: 'high',
      paths: ['src/app/'],
      handles: ['pincer'],
      dependsOn: [],
      about: [],
      deadline: null,
      capabilities: ['frontend'],
      languages: [],
      followsUp: false,
      confidence: 1,
    });
  });
  it.each(['/task', '/task   ', '/task [high]', '/tasks fix it', 'the /task command'])('not: %p', (text) => {
    expect(parseMessage(text).filter((ask) => ask.how === 'command')).toEqual([]);
  });
});

describe('whom it asks', () => {
  it.each<[string, string, string[]]>([
    ['@pincer add a footer', 'Add a footer', ['pincer']],
    ['@Pincer: please fix the login', 'Fix the login', ['pincer']],
    ['hey @pincer, can you add a footer?', 'Add a footer', ['pincer']],
    ['can @pincer add a footer?', 'Add a footer', ['pincer']],
    ['please fix the login, @pincer', 'Fix the login', ['pincer']],
    ['@pincer the login page is broken', 'Fix the login page being broken', ['pincer']],
    ['@pincer should write the tests', 'Write the tests', ['pincer']],
    ['@pincer we need a footer. Thanks!', 'Add a footer', ['pincer']],
    ['@pincer @clawdia fix the login', 'Fix the login', ['pincer', 'clawdia']],
    ['Thanks @alice! Could someone fix the login?', 'Fix the login', []],
    ['Upgrade @scope/package to 3', 'Upgrade @scope/package to 3', []],
  ])('%s', (text, title, handles) => {
    expect(only(text)).toMatchObject({ how: handles.length > 0 ? 'addressed' : 'heard', title, handles });
  });

  it.each([
    '@pincer thanks!',
    '@pincer great work',
    '@pincer how far are you?',
    '@pincer what broke the build?',
    "@pincer don't merge yet",
    '@pincer I agree',
    'I think @pincer did that',
    '@pincer',
    '@pincer ok',
  ])('not: %s', (text) => {
    expect(parseMessage(text)).toEqual([]);
  });
});

describe('what it waits for', () => {
  it.each<[string, string[]]>([
    ['After T-3, add a footer', ['T-3']],
    ['once T-12 lands please drop the old table', ['T-12']],
    ['Add a footer, blocked by T-4 and T-5', ['T-4', 'T-5']],
    ['Add a footer as soon as t-7 is merged', ['T-7']],
    ['Add a footer, see T-9', []],
    ['Add a footer, T-10 needs it', []],
  ])('%s', (text, keys) => {
    expect(only(text)?.dependsOn).toEqual(keys);
  });
});

describe('by when it is asked for', () => {
  const now = new Date('2026-03-03T10:00:00Z');
  it.each<[string, string | null]>([
    ['Add a footer by friday', '2026-03-06'],
    ['Add a footer by Monday', '2026-03-09'],
    ['Add a footer until the end of the week', '2026-03-06'],
    ['Add a footer before 2026-03-20', '2026-03-20'],
    ['please add a footer by tomorrow', '2026-03-04'],
    ['Add a footer to the page of Friday deals', null],
    ['Add a footer', null],
  ])('%s', (text, deadline) => {
    expect(parseMessage(text, { now })[0]).toMatchObject({ deadline });
  });
});

describe('what it adds to the message before', () => {
  it.each([
    ['also make it work on mobile', 'Add a date filter to the orders list', /date filter.*work on mobile/],
    ['yes, go ahead', 'Should we switch to pnpm?', /^Switch to pnpm$/],
    ['and tests please', 'I pushed the new validator', /tests to the new validator/],
  ])('%s', (text, context, title) => {
    expect(parseMessage(text, { context })[0]).toMatchObject({
      title: expect.stringMatching(title),
      followsUp: true,
    });
  });
});

it('reads no more of a hostile text than it must, and never throws', () => {
  for (const piece of [
    'a ',
    '@a',
    '/',
    '(',
    'the a ',
    '`',
    '"',
    ' - ',
    'T-1,',
    'please ',
    'if ',
    '#',
    'a/',
    ', and ',
  ]) {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    expect(() => parseMessage(text, { context: text })).not.toThrow();
  }
});

/** The least of several goes, in milliseconds of this process: others on the machine make it dearer, never cheaper. */
function costOf(text: string): number {
  const goes = Array.from({ length: 4 }, () => {
    const before = process.cpuUsage();
    parseMessage(text, { context: text });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...goes);
}

const NESTED = Array.from({ length: 24 }, (_, depth) => `${'  '.repeat(depth)}- a\n`).join('');

it.each([
  'please ',
  '(',
  '[](',
  '[[',
  '((a) ',
  '@a ',
  'fix the a and ',
  'src/a/',
  'T-1, ',
  'if it is, then ',
  '- fix a\n',
  NESTED,
  '> ',
  '> a\n',
  '```\n',
  '`',
  '"a ',
  ' ',
  '\t',
  '\n',
  ' \n',
])('costs no more than in proportion to a message of nothing but %p', (piece) => {
  const ofLength = (chars: number): number => costOf(piece.repeat(Math.ceil(chars / piece.length)));
  // Beyond 16,000 characters nothing is read; four times the text may cost four times as much, and a rule whose cost
  // grows with the square would cost sixteen times.
  expect(ofLength(16_000)).toBeLessThan(10 * ofLength(4_000) + 20);
  expect(ofLength(100_000)).toBeLessThan(3 * ofLength(16_000) + 20);
});
