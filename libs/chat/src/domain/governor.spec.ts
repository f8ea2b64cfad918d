import type { Principal } from '@clawtank/contracts';
import { isAcknowledgement, mayTakeTurn, wakes } from './governor.js';

const agent = (id: string) => ({ kind: 'agent' as const, id });
const HUMAN = { kind: 'human' as const, id: 'ada' };
const LIMITS = { room: 6, pair: 4 };
const [a, b, c] = [agent('a'), agent('b'), agent('c')];

describe('turns of agents', () => {
  it.each([
    ['nothing was said', a, [], true],
    ['a person spoke last', a, [HUMAN, a, b, a, b, a, b], true],
    ['two agents, below the limit of a pair', a, [b, a, b], true],
    ['two agents, at the limit of a pair', a, [b, a, b, a], false],
    ['a third one after two', c, [b, a, b, a], true],
    ['one agent that tells of its work', a, [a, a, a, a, a], true],
    ['many agents, at the limit of the room', a, [b, c, a, b, c, a], false],
    ['many agents, below it', a, [b, c, a, b, c], true],
    ['a person always may', HUMAN, [b, a, b, a, b, a, b], true],
  ] as const)('%s', (_name, speaker, latest, allowed) => {
    expect(mayTakeTurn(speaker, latest, LIMITS).allowed).toBe(allowed);
  });

  it('have no limit where none is set', () => {
    expect(
      mayTakeTurn(
        a,
        Array.from({ length: 500 }, () => b),
        { room: 0, pair: 0 },
      ).allowed,
    ).toBe(true);
  });
});

describe('acknowledgements', () => {
  it.each(['ok', 'Thanks!', '@pincer got it, thanks', '👍', 'LGTM', 'Okay. Will do!', '@a @b done'])(
    '%s',
    (text) => {
      expect(isAcknowledgement(text)).toBe(true);
    },
  );

  it.each([
    '@pincer',
    'ok, but use tabs',
    'thanks, now add tests',
    'done with T-3?',
    '',
    'yes: drop the table',
  ])('not: %s', (text) => {
    expect(isAcknowledgement(text)).toBe(false);
  });

  it('wake no agent, and still reach people', () => {
    const mentions: Principal[] = [
      { kind: 'agent', id: 'a', name: 'a' },
      { kind: 'human', id: 'ada', name: 'ada' },
    ];
    expect(wakes('@a @ada thanks', mentions)).toEqual([mentions[1]]);
    expect(wakes('@a @ada thanks, go on', mentions)).toEqual(mentions);
  });
});
