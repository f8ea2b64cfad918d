import { decideRefresh, successorOf } from './refresh.js';

const NOW = new Date('2026-01-01T12:00:00Z');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);
const alive = { usedAt: null, revokedAt: null, expiresAt: ago(-60) };

describe('decideRefresh', () => {
  it.each([
    ['a fresh token is rotated', alive, 'rotate'],
    ['the same within the grace gives the same successor', { ...alive, usedAt: ago(14) }, 'repeat'],
    ['later use ends the family', { ...alive, usedAt: ago(16) }, 'reused'],
    ['an expired one is refused', { ...alive, expiresAt: ago(1) }, 'expired'],
    ['a revoked one is refused, used or not', { ...alive, revokedAt: ago(1), usedAt: ago(2) }, 'revoked'],
  ])('%s', (_name, record, decision) => {
    expect(decideRefresh(record, NOW)).toBe(decision);
  });
});

describe('successorOf', () => {
  it('depends on the token and on the secret', () => {
    expect(successorOf('a', 's')).toBe(successorOf('a', 's'));
    expect(successorOf('a', 's')).not.toBe(successorOf('b', 's'));
    expect(successorOf('a', 's')).not.toBe(successorOf('a', 't'));
  });
});
