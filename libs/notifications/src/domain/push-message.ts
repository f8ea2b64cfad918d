import type { PushKind } from '@clawtank/contracts';

/** What is shown on a device, and where a click leads. */
export interface PushMessage {
  readonly kind: PushKind | 'test';
  readonly title: string;
  readonly body: string;
  /** A path of the pages. */
  readonly path: string;
}

const MENTIONING: Readonly<Record<string, PushKind>> = {
  mention: 'mention',
  question: 'question',
  review: 'review',
  conflict: 'conflict',
  approval: 'approval',
};

/** The kind of push for a notification; null for one that only lets somebody know. */
export const pushKindOf = (notificationKind: string): PushKind | null => MENTIONING[notificationKind] ?? null;
