import { clockFinding } from './clock-finding.js';

describe('two clocks', () => {
  it.each([
    ['agree', 40, 5, 'ok'],
    ['agree as far as a slow answer can tell', 9_000, 6_000, 'ok'],
    ['are a little apart', 6_000, 5, 'warning'],
    ['are a little apart the other way', -6_000, 5, 'warning'],
    ['are far apart', 45_000, 5, 'broken'],
  ])('%s', (_name, aheadMs, errorMs, state) => {
    expect(clockFinding('PostgreSQL', aheadMs, errorMs).state).toBe(state);
  });

  it('are told which is ahead', () => {
    expect(clockFinding('PostgreSQL', -6_000, 5).found).toBe('This node is 6.0 s behind PostgreSQL.');
    expect(clockFinding('GitHub', 6_000, 5).found).toBe('This node is 6.0 s ahead of GitHub.');
  });
});
