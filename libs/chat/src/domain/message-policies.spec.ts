import type { Actor } from '@clawtank/contracts';
import type { Verdict } from '@clawtank/kernel';
import { mayChat, mayDelete, mayEdit, mayReact, REACTIONS_PER_MESSAGE } from './message-policies.js';

const ada = { kind: 'human', id: 'u1' } as const;
const bob = { kind: 'human', id: 'u2' } as const;
const agent = { kind: 'agent', id: 'u1' } as const;

const by = (author: Omit<Actor, 'name'>, deleted = false) => ({ author: { ...author, name: 'x' }, deleted });
const SYSTEM = { kind: 'system', id: '' } as const;
const reasonOf = (verdict: Verdict): string | undefined =>
  verdict.allowed ? undefined : verdict.because.reason;

describe('mayEdit', () => {
  it.each([
    ['lets authors edit their own', by(ada), ada, undefined],
    ['refuses another person', by(ada), bob, 'message.not_yours'],
    ['does not take an agent for a person of the same id', by(ada), agent, 'message.not_yours'],
    ['refuses a line of the system', by(SYSTEM), ada, 'message.not_yours'],
    ['refuses what was deleted', by(ada, true), ada, 'message.deleted'],
    ['tells a stranger nothing about deletion', by(ada, true), bob, 'message.not_yours'],
  ])('%s', (_name, message, who, reason) => {
    expect(reasonOf(mayEdit(message, who))).toBe(reason);
  });
});

describe('mayDelete', () => {
  it.each([
    ['lets authors delete their own', by(ada), ada, false, undefined],
    ['lets the host delete any', by(ada), bob, true, undefined],
    ['lets the host delete a line of the system', by(SYSTEM), bob, true, undefined],
    ['refuses another member', by(ada), bob, false, 'message.not_deletable'],
    ['refuses what was deleted, to the host too', by(ada, true), bob, true, 'message.deleted'],
  ])('%s', (_name, message, who, isHost, reason) => {
    expect(reasonOf(mayDelete(message, who, isHost))).toBe(reason);
  });
});

describe('mayReact', () => {
  const many = Array.from({ length: REACTIONS_PER_MESSAGE }, (_, i) => `e${String(i)}`);
  it.each([
    ['takes a first reaction', by(ada), [], '👍', undefined],
    ['takes the last that fits', by(ada), many.slice(1), '👍', undefined],
    ['refuses one kind too many', by(ada), many, '👍', 'message.too_many_reactions'],
    ['takes one more of a kind that is there', by(ada), many, 'e3', undefined],
    ['refuses on a deleted message', by(ada, true), [], '👍', 'message.deleted'],
  ])('%s', (_name, message, emojis, emoji, reason) => {
    expect(reasonOf(mayReact(message, emojis, emoji))).toBe(reason);
  });
});

describe('mayChat', () => {
  it.each([
    ['initializing', undefined],
    ['waiting_for_members', undefined],
    ['paused', undefined],
    ['completed', undefined],
    ['archived', 'chat.archived'],
  ] as const)('in a room that is %s → %p', (state, reason) => {
    expect(reasonOf(mayChat({ state }))).toBe(reason);
  });
});
