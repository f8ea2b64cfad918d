import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isId } from '@clawtank/kernel';
import type { Rate } from './domain/bucket.js';
import { isChat, isFree } from './domain/counted.js';
import { fail } from './domain/failures.js';
import { networkOf } from './domain/network.js';
import { LimitValues } from './limit-values.js';
import { BucketStore } from './store/bucket-store.js';

const MINUTE_SECONDS = 60;
const DIGEST_CHARS = 22;

const perMinute = (amount: number, burst: number): Rate => ({ perSecond: amount / MINUTE_SECONDS, burst });

/** Text that a client chose, at a length that it did not choose. */
const digest = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, DIGEST_CHARS);

/**
 * What each door asks before it does something. Every method resolves at once or refuses with
 * `limits.too_many`, whose `retryAfterMs` says when there is room for one more.
 */
@Injectable()
export class Limits {
  constructor(
    private readonly values: LimitValues,
    private readonly store: BucketStore,
  ) {}

  /** A command of somebody, before anything is read for it. Signs of life are not counted. */
  async command(actorId: string, name: string): Promise<void> {
    if (isFree(name)) return;
    const { commandsPerSecond: perSecond, commandsBurst: burst } = this.values.current;
    await this.take('commands', actorId, { perSecond, burst });
  }

  /** What a command says in one room or to one person; any other command passes. @param input not yet trusted */
  async chat(actorId: string, name: string, input: unknown): Promise<void> {
    if (!isChat(name)) return;
    const { chatPerSecond: perSecond, chatBurst: burst } = this.values.current;
    await this.take('messages', `${actorId}:${placeOf(input)}`, { perSecond, burst });
  }

  /** An attempt to sign in or to renew a session. @param login the name that was given, if any */
  async signIn(address: string, login?: string): Promise<void> {
    const network = networkOf(address);
    const { addressSignInPerMinute, addressSignInBurst, signInPerMinute, signInBurst } = this.values.current;
    await this.take('sign-ins', network, perMinute(addressSignInPerMinute, addressSignInBurst));
    if (login === undefined) return;
    const pair = `${network}:${digest(login.toLowerCase())}`;
    await this.take('sign-ins', pair, perMinute(signInPerMinute, signInBurst));
  }

  /** Something read by a stranger. */
  async read(address: string): Promise<void> {
    const { addressReadsPerSecond: perSecond, addressReadsBurst: burst } = this.values.current;
    await this.take('reads', networkOf(address), { perSecond, burst });
  }

  /** A socket that wants to be opened. */
  async connection(address: string): Promise<void> {
    const { addressConnectionsPerSecond: perSecond, addressConnectionsBurst: burst } = this.values.current;
    await this.take('connections', networkOf(address), { perSecond, burst });
  }

  private async take(limit: string, who: string, rate: Rate): Promise<void> {
    const retryAfterMs = await this.store.take(`${limit}:${who}`, rate);
    if (retryAfterMs > 0) throw fail('limits.too_many', { limit }, { retryAfterMs });
  }
}

/** What is no id names no room: it is refused later, and until then shares one place. */
function placeOf(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const place: unknown = Reflect.get(input, 'room_id') ?? Reflect.get(input, 'to');
  return typeof place === 'string' && isId(place) ? place.toLowerCase() : '';
}
