export type ActorKind = 'human' | 'agent' | 'system' | 'webhook';

/** Who did it, as it stands in every envelope. `id` is empty for `system`. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id: string;
  readonly name: string;
}

/** An author who may also be the system or a webhook. */
export type WirePrincipalRef = Actor;

/** A person or an agent that things are addressed to. */
export interface Principal {
  readonly kind: 'human' | 'agent';
  readonly id: string;
  readonly name: string;
}

/** Where a text comes from, so that a client can treat a stranger's words as data. Set by the server. */
export type Origin = 'member' | 'agent' | 'system' | 'webhook';
