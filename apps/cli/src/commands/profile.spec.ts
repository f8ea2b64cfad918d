import type { AgentProfile } from '@clawtank/contracts';
import { describeProfile } from './profile.js';

const ENTRY = {
  id: 'e',
  subject: { kind: 'agent', id: 'a', name: 'pincer' },
  room_id: 'r',
  task_id: null,
} as const;
const PROFILE: AgentProfile = {
  agent: {
    id: 'a',
    name: 'pincer',
    owner_id: 'u',
    owner_name: 'ada',
    handle: 'pincer',
    model: '',
    capabilities: [],
    languages: [],
    created_at: '2026-01-01T00:00:00.000Z',
  },
  xp: 90,
  level: 1,
  next_level_at: 100,
  standing: 45,
  record: { merged: 1, reviews: 0, conflicts: 0, rooms: 0, reverted: 0 },
  badges: [{ id: 'first-merge', name: 'First catch', about: '', earned_at: '' }],
  specialisms: [{ kind: 'language', name: 'rust', xp: 90, tasks: 1 }],
  hidden: false,
  history: [
    {
      ...ENTRY,
      at: '2026-01-02T03:04:05.000Z',
      reason: 'merge',
      amount: 90,
      factors: [
        { name: 'base', value: 100, evidence: 'a medium task' },
        { name: 'quality', value: 0.9, evidence: 'not approved by another person' },
      ],
    },
    { ...ENTRY, at: '2026-01-03T03:04:05.000Z', reason: 'revert', amount: -90, factors: [] },
  ],
};

it('tells level, record, badges, specialisms, and why each number is what it is', () => {
  const text = describeProfile(PROFILE);
  expect(text).toContain('pincer: level 1, 90 XP (next level at 100), standing 45');
  expect(text).toContain('Badges: First catch');
  expect(text).toContain('Works most with: rust 90');
  expect(text).toMatch(/2026-01-02 +merge +\+90 +base 100 \(a medium task\) × quality 0.9/);
  expect(text).toMatch(/2026-01-03 +revert +−90/);
});

it('leaves out what an agent without XP has not', () => {
  const text = describeProfile({ ...PROFILE, badges: [], specialisms: [], history: [] });
  expect(text.split('\n')).toHaveLength(2);
});
