import {
  type Command,
  type CommandContext,
  CommandHandler,
  CommandInputBase,
  Line,
  type Query,
  type QueryContext,
  QueryHandler,
} from '@clawtank/commands';
import {
  PUSH_KINDS,
  type PushKind,
  type PushRef,
  type PushSubscribeInput,
  type PushSubscriptionView,
  type PushUpdateInput,
  type QueryReplyOf,
} from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import { ArrayUnique, IsArray, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { fail } from '../domain/failures.js';
import { areSubscriptionKeys } from '../domain/push-keys.js';
import { serverPushKeys } from '../persistence/push-keys.js';
import { addTestPush } from '../persistence/push-outbox.js';
import {
  deletePushSubscription,
  dropForeignSubscription,
  listPushSubscriptions,
  pushSubscriptionView,
  savePushSubscription,
  setPushKinds,
} from '../persistence/push-subscriptions.js';
import { PushConfig } from '../push.config.js';
import { whyNotEndpoint } from './push-endpoint.js';

const MAX_DEVICES = 20;
const BY_DEFAULT: readonly PushKind[] = PUSH_KINDS.filter((kind) => kind !== 'offer');
const KINDS = [...PUSH_KINDS];

export class PushSubscribeBody extends CommandInputBase implements PushSubscribeInput {
  @IsString()
  @MaxLength(1_000)
  endpoint!: string;

  @IsString()
  @MaxLength(100)
  p256dh!: string;

  @IsString()
  @MaxLength(50)
  auth!: string;

  @IsOptional()
  @Line(80)
  label?: string;

  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(KINDS, { each: true })
  kinds?: PushKind[];
}

export class PushRefBody extends CommandInputBase implements PushRef {
  @IsUUID()
  subscription_id!: string;
}

export class PushUpdateBody extends PushRefBody implements PushUpdateInput {
  @IsArray()
  @ArrayUnique()
  @IsIn(KINDS, { each: true })
  kinds!: PushKind[];
}

/** It takes nothing; the type says so to the compiler. */
export class PushDevicesInput {
  readonly [name: string]: never;
}

function authorise({ caller }: CommandContext): Promise<void> {
  if (caller.kind !== 'human') throw fail('push.people_only', {});
  return Promise.resolve();
}

@CommandHandler('push.subscribe', PushSubscribeBody)
export class SubscribePush implements Command<'push.subscribe'> {
  authorise = authorise;

  constructor(private readonly config: PushConfig) {}

  async run(
    { tx, caller }: CommandContext,
    { endpoint, p256dh, auth, label, kinds }: PushSubscribeInput,
  ): Promise<{ subscription: PushSubscriptionView }> {
    const why = whyNotEndpoint(endpoint, this.config.privateAddresses);
    if (why !== null) throw fail('push.bad_endpoint', { why });
    if (!areSubscriptionKeys(p256dh, auth)) throw fail('push.bad_keys', {});
    const known = await listPushSubscriptions(tx, caller.id);
    if (known.length >= MAX_DEVICES && !known.some((row) => row.endpoint === endpoint))
      throw fail('push.too_many', { limit: MAX_DEVICES });
    await dropForeignSubscription(tx, caller.id, { endpoint, p256dh, auth });
    const saved = await savePushSubscription(tx, {
      id: newId(),
      user_id: caller.id,
      endpoint,
      p256dh,
      auth,
      label: label ?? 'A browser',
      kinds: kinds ?? BY_DEFAULT,
    });
    if (!saved) throw fail('push.taken', {});
    return { subscription: pushSubscriptionView(saved) };
  }
}

@CommandHandler('push.update', PushUpdateBody)
export class UpdatePush implements Command<'push.update'> {
  authorise = authorise;

  async run(
    { tx, caller }: CommandContext,
    { subscription_id, kinds }: PushUpdateInput,
  ): Promise<{ subscription: PushSubscriptionView }> {
    const row = await setPushKinds(tx, caller.id, subscription_id, kinds);
    if (!row) throw fail('push.not_found', {});
    return { subscription: pushSubscriptionView(row) };
  }
}

@CommandHandler('push.unsubscribe', PushRefBody)
export class UnsubscribePush implements Command<'push.unsubscribe'> {
  authorise = authorise;

  async run(
    { tx, caller }: CommandContext,
    { subscription_id }: PushRef,
  ): Promise<{ subscription_id: string }> {
    if (!(await deletePushSubscription(tx, caller.id, subscription_id))) throw fail('push.not_found', {});
    return { subscription_id };
  }
}

@CommandHandler('push.test', PushRefBody)
export class TestPush implements Command<'push.test'> {
  authorise = authorise;

  async run(
    { tx, caller }: CommandContext,
    { subscription_id }: PushRef,
  ): Promise<{ subscription_id: string }> {
    const message = {
      kind: 'test',
      title: 'ClawTank',
      body: 'Pushes reach this device.',
      path: '/inbox',
    } as const;
    if (!(await addTestPush(tx, caller.id, subscription_id, message))) throw fail('push.not_found', {});
    return { subscription_id };
  }
}

/** The caller's own devices. An agent has none. */
@QueryHandler('push_subscriptions.list', PushDevicesInput)
export class ListPushDevices implements Query<'push_subscriptions.list'> {
  constructor(private readonly database: Database) {}

  async run({ tx, caller }: QueryContext): Promise<QueryReplyOf<'push_subscriptions.list'>> {
    if (caller?.kind !== 'human') throw fail('push.people_only', {});
    const rows = await listPushSubscriptions(tx, caller.id);
    const { publicKey } = await serverPushKeys(this.database);
    return { items: rows.map(pushSubscriptionView), next_cursor: null, public_key: publicKey };
  }
}
