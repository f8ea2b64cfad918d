import { type Ask, parseMessage } from './parse-message.js';

const titles = (text: string, agents: string[] = []): string[] =>
  parseMessage(text, agents).map((ask) => ask.title);
const only = (text: string, agents: string[] = []): Ask | undefined => parseMessage(text, agents)[0];

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
    ['Great, now fix the header as well', 'Fix the header as well'],
    ['ok so we have to validate the webhook signature', 'Validate the webhook signature'],
    ['When you have a minute, please update the changelog', 'Update the changelog'],
    ['If you have time, could you improve the error messages?', 'Improve the error messages'],
    ['Make sure to escape user names in the feed', 'Escape user names in the feed'],
    ['Please take a look at the memory usage of the worker', 'Take a look at the memory usage of the worker'],
    ['The docs need updating for the new CLI', 'The docs need updating for the new CLI'],
    ['The upload form needs a progress bar', 'The upload form needs a progress bar'],
    ['The settings page should show the current plan', 'The settings page should show the current plan'],
    [
      'Sessions must be invalidated after a password change',
      'Sessions must be invalidated after a password change',
    ],
    ['Test the retry logic with a slow server', 'Test the retry logic with a slow server'],
    ["Fix login but don't touch the API", "Fix login but don't touch the API"],
    ['I think we should rename the rooms table', 'Rename the rooms table'],
    ['@alice could you review the migration?', 'Review the migration'],
    [
      'Implement rate limiting in src/server/limits.ts asap',
      'Implement rate limiting in src/server/limits.ts',
    ],
    ['The login page is broken, can you fix it?', 'The login page is broken'],
    ['We really need to speed up the tests', 'Speed up the tests'],
    ['Someone should probably clean up the old feature flags', 'Clean up the old feature flags'],
    ['can you please make the sidebar collapsible', 'Make the sidebar collapsible'],
    ['need to wire up the new endpoint', 'Wire up the new endpoint'],
    ['could we get rid of the jQuery dependency?', 'Get rid of the jQuery dependency'],
    ['someone please write a migration for the new column', 'Write a migration for the new column'],
    ['Set up a staging environment', 'Set up a staging environment'],
    ["we've got to handle reconnects better", 'Handle reconnects better'],
    ["Don't forget to bump the version", 'Bump the version'],
    ["I'd love to see a changelog page", 'Add a changelog page'],
    ['Would it be possible to add an API for exports?', 'Add an API for exports'],
    ['Investigate why the worker restarts every hour', 'Investigate why the worker restarts every hour'],
  ])('%s', (text, title) => {
    expect(titles(text)).toEqual([title]);
  });
});

describe('what people report as broken', () => {
  it.each([
    'The login page is broken on Safari',
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
    ['Refactor src/auth/** and tests/auth/', ['src/auth/**', 'tests/auth/**']],
    ['Update README.md and package.json', ['README.md', 'package.json']],
    ['Fix the crash in login.ts', ['**/login.ts']],
    ["Fix login in src/login.ts but don't touch src/api.ts", ['src/login.ts']],
    ['Add and/or support to the CI/CD parser, see https://example.org/src/a.ts', []],
    ['Upgrade Node.js and Next.js', []],
    ['Rename `*.spec.js` files', ['**/*.spec.js']],
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
    ).toEqual(['Dark mode for the board', 'Fix the footer']);
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
      paths: ['src/app/**'],
      handles: ['pincer'],
      confidence: 1,
    });
  });
  it.each(['/task', '/task   ', '/task [high]', '/tasks fix it', 'the /task command'])('not: %p', (text) => {
    expect(parseMessage(text).filter((ask) => ask.how === 'command')).toEqual([]);
  });
});

describe('a task by addressing an agent', () => {
  it.each([
    ['@pincer add a footer', 'Add a footer'],
    ['@Pincer: please fix the login', 'Fix the login'],
    ['hey @pincer, can you add a footer?', 'Add a footer'],
    ['can @pincer add a footer?', 'Add a footer'],
    ['please fix the login, @pincer', 'Fix the login'],
    ['@pincer login page dark mode', 'Login page dark mode'],
    ['@pincer the login page is broken', 'The login page is broken'],
    ['@pincer should write the tests', 'Write the tests'],
    ['@pincer we need a footer. Thanks!', 'Add a footer'],
  ])('%s', (text, title) => {
    expect(only(text, ['pincer'])).toMatchObject({ how: 'addressed', title, handles: ['pincer'] });
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
    expect(parseMessage(text, ['pincer']).filter((ask) => ask.how === 'addressed')).toEqual([]);
  });

  it('makes one task of each item', () => {
    const asks = parseMessage('@pincer please:\n- add a footer\n- dark mode everywhere', ['pincer']);
    expect(asks.map((ask) => [ask.how, ask.title])).toEqual([
      ['addressed', 'Add a footer'],
      ['addressed', 'Dark mode everywhere'],
    ]);
  });

  it('keeps the whole text as description, and names every agent spoken to', () => {
    expect(only('@pincer @clawdia fix the login. It fails on Safari.', ['pincer', 'clawdia'])).toMatchObject({
      title: 'Fix the login',
      description: 'fix the login. It fails on Safari.',
      handles: ['pincer', 'clawdia'],
    });
  });

  it('speaks to people in the same words without making a task of it', () => {
    expect(only('@alice fix the login', ['pincer'])).toMatchObject({ how: 'heard', title: 'Fix the login' });
  });
});

it('always ends, and never throws, whatever the text', () => {
  for (const text of [
    'a '.repeat(8_000),
    '@a'.repeat(5_000),
    '/'.repeat(16_000),
    '('.repeat(9_000),
    'the a '.repeat(3_000),
  ]) {
    const started = performance.now();
    parseMessage(text, ['pincer']);
    expect(performance.now() - started).toBeLessThan(500);
  }
});
