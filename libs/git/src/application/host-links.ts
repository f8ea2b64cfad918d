/** Where a room's hosted repository is, and what opens it. */
export interface HostLink {
  /** `owner/name`, or a longer path on GitLab. */
  readonly fullName: string;
  /** A token of the room's own; null: the server's App or token. */
  readonly token: string | null;
}

/** Port: the link of a repository id. */
export abstract class HostLinks {
  abstract find(id: string): Promise<HostLink | undefined>;
}
