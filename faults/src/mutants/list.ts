export interface Mutant {
  /** The mechanism that is taken out. */
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
  /** Must fail without the mechanism. */
  readonly spec: string;
}

/** Each mechanism that protects an invariant, and how to do without it. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: "the lock of a stream's row",
    file: 'libs/events/src/log/log-tx.ts',
    text: "'SELECT head FROM streams WHERE id = $1 FOR UPDATE'",
    replacement: "'SELECT head FROM streams WHERE id = $1'",
    spec: 'libs/events/src/log/unit-of-work.spec.ts',
  },
  {
    name: 'the fence',
    file: 'libs/tasks/src/domain/task-policies.ts',
    text: 'if (liveClaimOf(task)?.fence === fence) return ALLOWED;',
    replacement: 'if (liveClaimOf(task)) return ALLOWED;',
    spec: 'libs/tasks/src/domain/task-policies.spec.ts',
  },
  {
    name: 'the allow-list of what strangers see',
    file: 'libs/spectators/src/table-projector.ts',
    text: 'return form === WHOLE ? data : applyForm(form, data);',
    replacement: 'return data;',
    spec: 'libs/spectators/src/table-projector.spec.ts',
  },
  {
    name: 'the reservation of a command id',
    file: 'libs/commands/src/command-results.ts',
    text: 'return inserted === 1 ? null : findKept(tx, actorId, commandId, hash);',
    replacement: 'return inserted >= 0 ? null : findKept(tx, actorId, commandId, hash);',
    spec: 'libs/commands/src/command-bus.spec.ts',
  },
  {
    name: 'the comparison of bodies under one command id',
    file: 'libs/commands/src/command-results.ts',
    text: "if (!row.body_hash.equals(hash)) throw fail('command.other_body', {});",
    replacement: '',
    spec: 'libs/commands/src/command-bus.spec.ts',
  },
  {
    name: 'the head check',
    file: 'libs/events/src/feed/stream-hub.ts',
    text: 'setInterval(() => void this.checkHeads(), HEAD_CHECK_MS)',
    replacement: 'setInterval(() => undefined, HEAD_CHECK_MS)',
    spec: 'libs/events/src/feed/stream-feed.spec.ts',
  },
  {
    name: 'the order of news',
    file: 'libs/events/src/feed/stream-feed.ts',
    text: 'if (news.from !== reader.cursor + 1) {',
    replacement: 'if (news.from < 0) {',
    spec: 'libs/events/src/feed/stream-feed.spec.ts',
  },
  {
    name: 'the detection of gaps in the SDK',
    file: 'libs/agent-sdk/src/streams/place.ts',
    text: "if (frame.from > at.seq + 1) return { kind: 'gap', missingTo: frame.from - 1 };",
    replacement: '',
    spec: 'libs/agent-sdk/src/streams/place.spec.ts',
  },
  {
    name: 'the refusal of positions from the future',
    file: 'libs/events/src/log/log-reader.ts',
    text: "if (after > position.head) return { resync: { stream, reason: 'future' } };",
    replacement: '',
    spec: 'libs/events/src/log/unit-of-work.spec.ts',
  },
  {
    name: 'the end of reading for who is removed',
    file: 'apps/gateway/src/streams/access-policy.ts',
    text: 'return !events.some((event) => event.seq > checkedAt && RULES.some((loses) => loses(event, viewer)));',
    replacement: 'return events.length + RULES.length + checkedAt >= 0 || viewer.userId === null;',
    spec: 'apps/gateway/src/streams/access-policy.spec.ts',
  },
  {
    name: 'the end of a lease',
    file: 'libs/tasks/src/persistence/claim-rows.ts',
    text: 'WHERE lease_expires_at <= clock_timestamp() ORDER BY',
    replacement: 'WHERE false ORDER BY',
    spec: 'libs/tasks/src/application/claim-clock.spec.ts',
  },
  {
    name: 'the signature of webhooks',
    file: 'apps/webhook-receiver/src/signature.ts',
    text: "return timingSafeEqual(Buffer.from(hex, 'hex'), createHmac('sha256', secret).update(body).digest());",
    replacement: 'return hex.length + secret.length + body.length + createHmac.length > 0;',
    spec: 'apps/webhook-receiver/src/signature.spec.ts',
  },
  {
    name: 'the patience with a Redis that is away',
    file: 'libs/events/src/bus/redis-bus.ts',
    text: 'await Promise.race([asked, late]);',
    replacement: 'await asked;',
    spec: 'libs/events/src/bus/redis-away.spec.ts',
  },
  {
    name: 'the refusal of foreign pages',
    file: 'libs/http/src/own-origin.ts',
    text: 'return host !== undefined && from === canonicalHost(host, protocol);',
    replacement: 'return host !== undefined && from.length + canonicalHost(host, protocol).length > 0;',
    spec: 'libs/http/src/own-origin.spec.ts',
  },
];
