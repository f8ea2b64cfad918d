import { type Backlog, backlogFindings, databaseFinding } from './findings.js';

describe('the database', () => {
  it.each([
    [{ version: '15.18 (Debian)', tookMs: 1, migrated: true }, 'ok', 'PostgreSQL 15.18 answers in 1 ms'],
    [{ version: '15.18', tookMs: 1, migrated: false }, 'broken', 'The schema is not the one'],
    [{ unreachable: 'connect ECONNREFUSED' }, 'broken', 'ECONNREFUSED'],
  ] as const)('%j is %s', (answer, state, words) => {
    const finding = databaseFinding(answer);
    expect([finding.state, finding.mend === null]).toEqual([state, state === 'ok']);
    expect(finding.found).toContain(words);
  });
});

describe('what lies about', () => {
  const now = new Date('2026-01-10T12:00:00Z');
  const before = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  const none = { waiting: 0, oldestWaiting: null, dead: 0, last: null };
  const backlog = (deliveries: Partial<Backlog['deliveries']>, more: Partial<Backlog> = {}): Backlog => ({
    now,
    deliveries: { ...none, ...deliveries },
    stuckConsumers: 0,
    failedJobs: 0,
    ...more,
  });
  const stateOf = (part: string, given: Backlog) =>
    backlogFindings(given).find((finding) => finding.part === part)?.state;

  it.each([
    ['nothing yet', backlog({}), 'ok'],
    ['one that has just come', backlog({ waiting: 1, oldestWaiting: before(1), last: before(1) }), 'ok'],
    ['one that nobody takes', backlog({ waiting: 1, oldestWaiting: before(6), last: before(6) }), 'broken'],
    ['one that was given up', backlog({ dead: 1, last: before(90) }), 'warning'],
  ])('deliveries: %s', (_name, given, state) => {
    expect(stateOf('deliveries', given)).toBe(state);
  });

  it('consumers and jobs', () => {
    expect(stateOf('consumers', backlog({}, { stuckConsumers: 1 }))).toBe('broken');
    expect(stateOf('jobs', backlog({}, { failedJobs: 2 }))).toBe('warning');
    expect(backlogFindings(backlog({ last: before(300) }))[0]?.found).toBe(
      'The last one came 5 h ago; none waits.',
    );
  });
});
