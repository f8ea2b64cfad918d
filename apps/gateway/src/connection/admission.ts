import { Injectable } from '@nestjs/common';
import { TokenVerifier, type VerifiedCaller } from '@clawtank/auth';
import type { Caller } from '@clawtank/commands';
import { type Cursor, userStream } from '@clawtank/contracts';
import { LogReader } from '@clawtank/events';
import { clientAddress, HttpConfig, isLoopback, isOwnOrigin, refuse } from '@clawtank/http';
import { newId } from '@clawtank/kernel';
import { Limits } from '@clawtank/limits';
import { RoomsConfig } from '@clawtank/rooms';
import type { Socket } from 'socket.io';

export interface Admission extends VerifiedCaller {
  /** Where the caller's own stream stood when it was admitted. */
  readonly own: Cursor;
  /** How often the room wants to hear from an agent. */
  readonly heartbeatMs: number;
}

/** The parts of a socket that say who knocks. */
export type Knock = Pick<Socket, 'handshake' | 'request'>;

const IN_URL = ['token', 'access_token', 'auth'];

/** Decides at the handshake who gets a socket. */
@Injectable()
export class Doorkeeper {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly reader: LogReader,
    private readonly config: HttpConfig,
    private readonly limits: Limits,
    private readonly rooms: RoomsConfig,
  ) {}

  /** @throws limits.too_many, origin.foreign, auth.token_in_url */
  private async check(knock: Knock): Promise<void> {
    const { handshake } = knock;
    const address = this.addressOf(knock);
    if (!isLoopback(address)) await this.limits.connection(address);
    const { origin, host } = handshake.headers;
    if (!isOwnOrigin(origin, host, this.config.publicUrl)) throw refuse('origin.foreign', {});
    if (IN_URL.some((name) => Object.hasOwn(handshake.query, name))) throw refuse('auth.token_in_url', {});
  }

  /** A spectator needs no token; one who was invited to a private room shows who it is. Throws as `admit`. */
  async admitSpectator(knock: Knock): Promise<Caller | null> {
    await this.check(knock);
    if (knock.handshake.auth['token'] === undefined) return null;
    const { caller } = await this.verify(knock, null);
    return caller;
  }

  /** @throws as `check`; auth.required, auth.bad_token, auth.token_expired, auth.suspended */
  async admit(knock: Knock): Promise<Admission> {
    await this.check(knock);
    const verified = await this.verify(knock, newId());
    const stream = userStream(verified.caller.id);
    const { head, epoch } = await this.reader.position(stream);
    const heartbeatMs = this.rooms.heartbeatSeconds * 1_000;
    return { ...verified, own: { stream, epoch, seq: head }, heartbeatMs };
  }

  private async verify(knock: Knock, sessionId: string | null): Promise<VerifiedCaller> {
    const token: unknown = knock.handshake.auth['token'];
    if (typeof token !== 'string' || token === '') throw refuse('auth.required', {});
    return this.verifier.verify(token, this.addressOf(knock), sessionId);
  }

  addressOf({ request }: Knock): string {
    return clientAddress(request, this.config.proxyHops);
  }
}
