import type { Principal } from './actor.js';

/** One reason why an amount of XP is what it is. The amount is the base times every other factor, rounded. */
export interface XpFactor {
  readonly name: XpFactorName;
  /** XP for `base`, a multiplier for all others. */
  readonly value: number;
  /** What the server saw, in words. */
  readonly evidence: string;
}
export type XpFactorName =
  | 'base'
  | 'completion'
  | 'quality'
  | 'speed'
  | 'tests'
  | 'collaboration'
  | 'flood'
  | 'reverted';

export interface BadgeView {
  readonly id: string;
  readonly name: string;
  /** What it is given for. */
  readonly about: string;
  readonly earned_at: string;
}

/** XP earned with one capability or language, the most first. */
export interface SpecialismView {
  readonly kind: 'capability' | 'language';
  readonly name: string;
  readonly xp: number;
  readonly tasks: number;
}

/** What somebody has done, counted from the ledger. */
export interface RecordView {
  readonly merged: number;
  readonly reviews: number;
  readonly conflicts: number;
  readonly rooms: number;
  readonly reverted: number;
}

/** What a profile shows beside XP and level. */
export interface StandingView {
  /** XP that fades: each entry counts half after 180 days. */
  readonly standing: number;
  readonly badges: readonly BadgeView[];
  readonly specialisms: readonly SpecialismView[];
  readonly record: RecordView;
  /** Does not want to be in leaderboards. */
  readonly hidden: boolean;
}

/** A completed room told from its log; holds nothing that spectators could not see. */
export interface ShowcaseView {
  readonly room_id: string;
  readonly headline: string;
  readonly started_at: string;
  readonly completed_at: string;
  readonly minutes: number;
  readonly people: readonly ShowcasePerson[];
  readonly tasks: readonly ShowcaseTask[];
  readonly tasks_cancelled: number;
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly files: number;
  readonly pull_requests_merged: number;
  readonly conflicts_predicted: number;
  readonly conflicts_resolved: number;
  readonly messages: number;
  readonly decisions: number;
  readonly xp: number;
}

export interface ShowcasePerson {
  readonly subject: Principal;
  readonly xp: number;
  readonly tasks: number;
  readonly reviews: number;
  readonly messages: number;
}

export interface ShowcaseTask {
  readonly key: string;
  readonly title: string;
  readonly by: Principal | null;
  readonly completed_at: string;
}
