import { type Amounts, type Budget, judgeBudget, type Limits, saySpent, spanOf, tightest } from './budget.js';

const NOON = Date.parse('2026-03-04T12:00:00Z');
const MIDNIGHT = Date.parse('2026-03-05T00:00:00Z');
const limits = (some: Partial<Limits>): Limits => ({
  tasks: null,
  minutes: null,
  tokens: null,
  cost_cents: null,
  ...some,
});
const used = (some: Partial<Amounts> = {}): Amounts => ({
  tasks: 0,
  minutes: 0,
  tokens: 0,
  cost_cents: 0,
  ...some,
});
const budget = (some: Partial<Limits>, more: Partial<Budget> = {}): Budget => ({
  ownerId: null,
  period: 'day',
  limits: limits(some),
  ...more,
});

describe('a budget', () => {
  it.each([
    ['nothing was used', { tasks: 4 }, {}, 1, null],
    ['some is left', { tasks: 4 }, { tasks: 1 }, 0.75, null],
    ['the last one is used', { tasks: 4 }, { tasks: 4 }, 0, 'tasks'],
    ['more than all is used', { minutes: 10 }, { minutes: 25 }, 0, 'minutes'],
    ['the limit is none at all', { tokens: 0 }, {}, 0, 'tokens'],
    ['the scarcest of several counts', { tasks: 10, tokens: 1000 }, { tasks: 1, tokens: 900 }, 0.1, null],
    ['one of several is spent', { tasks: 10, cost_cents: 500 }, { cost_cents: 500 }, 0, 'cost_cents'],
    ['what has no limit does not count', { tasks: 10 }, { tokens: 1e9 }, 1, null],
  ] as const)('%s', (_case, limited, spending, left, measure) => {
    const state = judgeBudget(budget(limited), used(spending), NOON);
    expect(state?.left).toBeCloseTo(left);
    expect(state?.spent?.measure ?? null).toBe(measure);
  });

  it('that limits nothing is none', () => expect(judgeBudget(budget({}), used(), NOON)).toBeNull());

  it('of a day begins anew at midnight UTC, one in total never', () => {
    expect(spanOf('day', NOON)).toEqual({ from: MIDNIGHT - 86_400_000, renewsAt: MIDNIGHT });
    expect(spanOf('day', MIDNIGHT)).toEqual({ from: MIDNIGHT, renewsAt: MIDNIGHT + 86_400_000 });
    expect(spanOf('total', NOON)).toEqual({ from: 0, renewsAt: null });
  });

  it('says whose is spent, of what, and until when', () => {
    const room = judgeBudget(budget({ tasks: 2 }), used({ tasks: 2 }), NOON)?.spent;
    const own = judgeBudget(
      budget({ cost_cents: 5 }, { ownerId: 'o', period: 'total' }),
      used({ cost_cents: 7 }),
      NOON,
    );
    expect(room && saySpent(room)).toBe(
      "The room's budget of 2 tasks a day is spent; it begins anew at 2026-03-05T00:00:00.000Z.",
    );
    expect(own?.spent && saySpent(own.spent)).toBe(
      "Its owner's budget of 5 cents, as agents report them is spent.",
    );
  });
});

describe('of several budgets', () => {
  const state = (some: Partial<Limits>, spending: Partial<Amounts>, more: Partial<Budget> = {}) =>
    judgeBudget(budget(some, more), used(spending), NOON);

  it('the tightest counts', () => {
    const wide = state({ tasks: 10 }, { tasks: 1 });
    const tight = state({ tasks: 2 }, { tasks: 1 }, { ownerId: 'o' });
    expect(tightest([wide, null, tight])).toBe(tight);
    expect(tightest([null])).toBeNull();
  });

  it('that are spent, the one that keeps longest counts', () => {
    const daily = state({ tasks: 1 }, { tasks: 1 });
    const forever = state({ tasks: 5 }, { tasks: 5 }, { ownerId: 'o', period: 'total' });
    expect(tightest([daily, forever])).toBe(forever);
    expect(tightest([forever, daily])).toBe(forever);
  });
});
