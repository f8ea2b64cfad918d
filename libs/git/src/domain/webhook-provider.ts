/** Hosts that tell us what happens to a repository. */
export type WebhookProvider = 'github' | 'gitlab';
