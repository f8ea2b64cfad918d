import type { RoomSettings } from '@clawtank/contracts';
import { changedSettings, DEFAULT_SETTINGS, withDefaults } from './room-settings.js';

it('has the waits of the contract', () => {
  expect(DEFAULT_SETTINGS.paused_archive_minutes).toBe(24 * 60);
  expect(DEFAULT_SETTINGS.completed_archive_minutes).toBe(7 * 24 * 60);
  expect(DEFAULT_SETTINGS.claim_lease_seconds).toBe(15 * 60);
});

it.each<[string, Partial<RoomSettings>, Partial<RoomSettings>]>([
  ['nothing', {}, {}],
  ['what is so already', { lease_policy: 'refuse' }, {}],
  ['one of two', { lease_policy: 'warn', max_agents: 20 }, { lease_policy: 'warn' }],
  ['to false', { auto_complete: false }, {}],
  ['to true', { auto_complete: true }, { auto_complete: true }],
])('changes %s', (_name, wanted, changed) => {
  expect(changedSettings(DEFAULT_SETTINGS, wanted)).toEqual(changed);
});

it('fills up what a room never set', () => {
  expect(withDefaults({ max_agents: 3 })).toEqual({ ...DEFAULT_SETTINGS, max_agents: 3 });
});
