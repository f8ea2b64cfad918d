import type { RoomSettings } from '@clawtank/contracts';

/** Both ways to run the same plan. What a room sets is real; the rest is what its scripted agents do. */
export interface Guards {
  readonly name: 'on' | 'off';
  readonly settings: Partial<RoomSettings>;
  /** Agents take what they are offered, the best match first; else anything that is open. */
  readonly followsOffers: boolean;
  /** Agents settle a predicted conflict before they open a pull request. */
  readonly heedsConflicts: boolean;
  /** Whoever takes work over reads what its predecessor left. */
  readonly readsHandOver: boolean;
  /** The reviewer leaves pull requests alone that are known not to merge. */
  readonly looksAtMergeability: boolean;
}

const SHARED: Partial<RoomSettings> = {
  task_strategy: 'first_claim',
  claim_lease_seconds: 15,
  claim_step_seconds: 1,
  task_capture: 'off',
};

export const ON: Guards = {
  name: 'on',
  settings: { ...SHARED, lease_policy: 'refuse', merge_queue: true },
  followsOffers: true,
  heedsConflicts: true,
  readsHandOver: true,
  looksAtMergeability: true,
};

export const OFF: Guards = {
  name: 'off',
  settings: { ...SHARED, lease_policy: 'warn', merge_queue: false },
  followsOffers: false,
  heedsConflicts: false,
  readsHandOver: false,
  looksAtMergeability: false,
};

/** Told with every result, so that nobody takes `off` for more than it is. */
export const WHAT_IS_OFF = [
  'lease_policy is warn: claims on held paths go through with a warning',
  'merge_queue is false: approved pull requests merge at once',
  'agents take any open task, in no order, whatever they were offered and can do',
  'agents pay no attention to predicted conflicts',
  'whoever takes work over does not look at what is done and begins anew',
  'the reviewer merges on approval without looking whether it merges',
  'not off, because nothing turns them off: one claim per task, fences, expiry, the check of the merge itself',
] as const;
