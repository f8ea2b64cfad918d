import { obstaclesOf, type RepositoryFacts } from './obstacles.js';

const facts = (change: Partial<RepositoryFacts> = {}): RepositoryFacts => ({
  host: 'GitHub',
  fullName: 'acme/shop',
  branch: 'main',
  archived: false,
  canPush: true,
  lacking: [],
  rules: { requiredApprovals: 0, signedCommits: false, linearHistory: false },
  ...change,
});
const rules = (change: Partial<RepositoryFacts['rules']>): RepositoryFacts =>
  facts({ rules: { ...facts().rules, ...change } });

it.each([
  ['nothing', facts(), []],
  [
    'an archived repository, and nothing else then',
    facts({ archived: true, canPush: false }),
    [/is archived/],
  ],
  ['pushes that are refused', facts({ canPush: false }), [/`contents: write`/]],
  [
    'that only once',
    facts({ canPush: false, lacking: ['contents: write', 'statuses: write'] }),
    [/`contents: write`/, /`statuses: write`/],
  ],
  ['signed commits', rules({ signedCommits: true }), [/signed commits only/]],
  ['a linear history', rules({ linearHistory: true }), [/linear history/]],
  ['a review that is required', rules({ requiredApprovals: 1 }), [/an approving review on GitHub/]],
  ['several', rules({ requiredApprovals: 2 }), [/2 approving reviews on GitHub/]],
])('says %s', (_name, given, expected) => {
  const found = obstaclesOf(given);
  expect(found.map((one) => one.found)).toEqual(expected.map((text) => expect.stringMatching(text)));
  for (const { mend } of found) expect(mend).toMatch(/\.$/);
});
