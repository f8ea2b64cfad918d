/** Why the embedded PostgreSQL cannot be had; the message is meant for the person who started the server. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
