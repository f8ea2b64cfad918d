import type { CommandInput } from './command-inputs.js';

/** What a device may be told of while no page is open. */
export const PUSH_KINDS = [
  'approval',
  'question',
  'review',
  'conflict',
  'mention',
  'direct',
  'offer',
] as const;
export type PushKind = (typeof PUSH_KINDS)[number];

/** A browser that takes pushes. Its keys are not told. */
export interface PushSubscriptionView {
  readonly id: string;
  /** The push service's host. */
  readonly service: string;
  /** What its person calls the device. */
  readonly label: string;
  readonly kinds: readonly PushKind[];
  readonly created_at: string;
  readonly last_sent_at: string | null;
}

export interface PushSubscribeInput extends CommandInput {
  endpoint: string;
  /** The browser's public key and secret for this subscription, base64url. */
  p256dh: string;
  auth: string;
  label?: string;
  /** All but offers when left out. */
  kinds?: PushKind[];
}
export interface PushRef extends CommandInput {
  subscription_id: string;
}
export interface PushUpdateInput extends PushRef {
  kinds: PushKind[];
}
