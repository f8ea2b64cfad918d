import type { Actor } from '@clawtank/contracts';
import { attributed, mergeSubject } from './author.js';

const AGENT: Actor = { kind: 'agent', id: 'a1', name: 'pincer' };
const BYLINE = { model: 'some-model 2', owner: { id: 'u1', name: 'Ada <L>' } };

describe('who a commit names', () => {
  it.each<
    [string, string, Parameters<typeof attributed>[2], Parameters<typeof attributed>[3], readonly string[]]
  >([
    ['a person', 'Work', { kind: 'human', id: 'u1', name: 'Ada' }, null, ['ClawTank-Task: T-3']],
    [
      'an agent, its model and its owner',
      'Work',
      AGENT,
      BYLINE,
      [
        'ClawTank-Task: T-3',
        'ClawTank-Agent: pincer',
        'ClawTank-Model: some-model 2',
        'Co-authored-by: Ada L <u1@users.clawtank.invalid>',
      ],
    ],
    [
      'an agent that says nothing of its model',
      'Work',
      AGENT,
      { ...BYLINE, model: '' },
      ['ClawTank-Task: T-3', 'ClawTank-Agent: pincer', 'Co-authored-by: Ada L <u1@users.clawtank.invalid>'],
    ],
    [
      'the agent that it is, not the one that the message claims',
      'Work\n\nClawTank-Agent: somebody\nCo-authored-by: Bo <bo@example.com>',
      AGENT,
      BYLINE,
      [
        'Co-authored-by: Bo <bo@example.com>',
        'ClawTank-Task: T-3',
        'ClawTank-Agent: pincer',
        'ClawTank-Model: some-model 2',
        'Co-authored-by: Ada L <u1@users.clawtank.invalid>',
      ],
    ],
  ])('%s', (_, message, actor, byline, trailers) => {
    expect(attributed(message, 'T-3', actor, byline)).toBe(`Work\n\n${trailers.join('\n')}\n`);
  });

  it('names a co-author once, however often the same message passes through', () => {
    const once = attributed('Work', 'T-3', AGENT, BYLINE);
    expect(attributed(once, 'T-3', AGENT, BYLINE)).toBe(once);
  });
});

describe('the subject of a merge', () => {
  it.each([
    ['Add a footer', 'Merge T-3: Add a footer (#7)'],
    ['T-3: Add a footer', 'Merge T-3: Add a footer (#7)'],
    ['T-3 Add a footer', 'Merge T-3: Add a footer (#7)'],
    ['T-3 — Add a footer', 'Merge T-3: Add a footer (#7)'],
    ['T-34: Add a footer', 'Merge T-3: T-34: Add a footer (#7)'],
    ['T-3', 'Merge T-3: T-3 (#7)'],
    ['T-3:', 'Merge T-3: T-3: (#7)'],
  ])('of %p', (title, subject) => {
    expect(mergeSubject('T-3', title, 7)).toBe(subject);
  });
});
