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
    file: 'libs/events/src/log/stream-rows.ts',
    text: 'ORDER BY id COLLATE "C" FOR UPDATE',
    replacement: 'ORDER BY id COLLATE "C"',
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
    name: 'the fence of pushes',
    file: 'libs/git/src/application/judge-push.ts',
    text: "if (!(await isClaimCurrent(tx, taskId, fence))) return deny('git.stale_claim', {});",
    replacement: '',
    spec: 'libs/git/test/git-door.spec.ts',
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
    text: 'if (news.from !== reader.cursor + 1) void',
    replacement: 'if (news.from < 0) void',
    spec: 'libs/events/src/feed/news-during-fill.spec.ts',
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
    text: 'event.seq > this.checkedAt && RULES.some((loses) => loses(event, this.viewer)),',
    replacement: 'event.seq > this.checkedAt && RULES.length < 0 && this.viewer.userId === null,',
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
  {
    name: 'the refusal of positions from before a restore',
    file: 'apps/gateway/src/streams/position-problem.ts',
    text: "if (wanted.epoch !== undefined && wanted.epoch !== at.epoch) return 'epoch';",
    replacement: '',
    spec: 'apps/gateway/src/streams/position-problem.spec.ts',
  },
  {
    name: 'the look at the epoch in the SDK',
    file: 'libs/agent-sdk/src/streams/place.ts',
    text: "if (frame.epoch !== at.epoch) return { kind: 'epoch' };",
    replacement: '',
    spec: 'libs/agent-sdk/src/streams/place.spec.ts',
  },
  {
    name: 'the beginning of what is kept in memory',
    file: 'libs/events/src/feed/stream-ring.ts',
    text: 'this.epoch === undefined || cursor < this.first - 1 ||',
    replacement: 'this.epoch === undefined ||',
    spec: 'libs/events/src/feed/stream-ring.spec.ts',
  },
  {
    name: 'the fence in heartbeats',
    file: 'libs/tasks/src/persistence/claim-rows.ts',
    text: 'FROM task_claims c JOIN named USING (task_id, fence, claimant_id)',
    replacement: 'FROM task_claims c JOIN named USING (task_id, claimant_id)',
    spec: 'libs/tasks/src/application/claim-clock.spec.ts',
  },
  {
    name: 'the gathering of heartbeats',
    file: 'libs/rooms/src/application/heartbeat-batch.ts',
    text: 'Math.max(0, this.config.heartbeatWriteSeconds * 1_000 - since)',
    replacement: 'Math.min(0, since)',
    spec: 'libs/rooms/src/application/heartbeat-batch.spec.ts',
  },
  {
    name: 'the goodbye of a server that stops',
    file: 'apps/gateway/src/connection/open-sockets.ts',
    text: "for (const session of [...this.sessions.values()]) session.bye('SERVER_DRAIN');",
    replacement: '',
    spec: 'apps/gateway/test/access.spec.ts',
  },
  {
    name: 'the audience of access tokens',
    file: 'libs/auth/src/application/access-tokens.ts',
    text: '        audience: AUDIENCE,\n      });\n      if (typeof',
    replacement: '      });\n      if (typeof',
    spec: 'libs/auth/src/application/accounts.spec.ts',
  },
  {
    name: 'the bottom of a bucket',
    file: 'libs/limits/src/domain/bucket.ts',
    text: 'return waitMs > ROUNDING_MS ?',
    replacement: 'return waitMs > Infinity ?',
    spec: 'libs/limits/src/domain/bucket.spec.ts',
  },
  {
    name: 'the limits at the door for sockets',
    file: 'apps/gateway/src/member/member-door.ts',
    text: '      this.limits.command(session.caller.id, name),\n',
    replacement: '',
    spec: 'apps/gateway/test/limits.spec.ts',
  },
  {
    name: 'the cap of what waits in the network for a reader',
    file: 'apps/gateway/src/connection/outflow.ts',
    text: 'if (network.writableLength > this.limit) this.tellSlow();',
    replacement: '',
    spec: 'apps/gateway/src/connection/outflow.spec.ts',
  },
  {
    name: 'the cap of what waits as packets for a reader',
    file: 'apps/gateway/src/connection/backlog.ts',
    text: 'if (slow || waiting <= limit) return;',
    replacement: 'if (slow || waiting <= Infinity) return;',
    spec: 'apps/gateway/src/connection/backlog.spec.ts',
  },
  {
    name: 'the exclusiveness of path leases',
    file: 'libs/tasks/src/domain/lease-overlap.ts',
    text: 'others.filter((other) => overlap(asked, other.compiled))',
    replacement: 'others.filter((other) => overlap(asked, other.compiled) && taskId === pattern)',
    spec: 'libs/tasks/src/application/leases.spec.ts',
  },
  {
    name: 'the look for an award that was given already',
    file: 'libs/reputation/src/application/give-xp.ts',
    text: 'if (await isAwarded(tx, award.cause)) return;',
    replacement: '',
    spec: 'libs/reputation/src/application/reputation.spec.ts',
  },
  {
    name: 'the uniqueness of what XP is given for',
    file: 'libs/reputation/src/persistence/migrations.ts',
    text: 'cause text NOT NULL UNIQUE',
    replacement: 'cause text NOT NULL',
    spec: 'libs/reputation/src/application/reputation.spec.ts',
  },
  {
    name: 'the refusal of secrets',
    file: 'libs/commands/src/command-bus.ts',
    text: '    refuseSecrets(input);\n',
    replacement: '',
    spec: 'libs/commands/src/command-bus.spec.ts',
  },
];
