import { Injectable } from '@nestjs/common';
import { TokenVerifier } from '@clawtank/auth';
import { QueryBus, validateInput } from '@clawtank/commands';
import type { SocketCommandMap } from '@clawtank/contracts';
import { invariant, newId } from '@clawtank/kernel';
import { fail } from '../connection/failures.js';
import type { MemberSession } from '../connection/member-session.js';
import type { Outcome } from '../connection/outcome.js';
import { AuthRenewBody } from './inputs.js';
import { JoinRoom } from './join-room.js';
import { ReadStreams } from './read-streams.js';

export type SocketCommandName = keyof SocketCommandMap;

type SocketCommand = (session: MemberSession, input: unknown) => Promise<Outcome>;

/** What a socket answers beside the commands of the registry. */
@Injectable()
export class SocketCommands {
  private readonly byName: Readonly<Record<SocketCommandName, SocketCommand>> = {
    'room.join': (session, input) => this.joinRoom.run(session, input),
    'room.context': (session, input) => this.context(session, input),
    'stream.resume': (session, input) => this.streams.resume(session, input),
    'events.replay': (session, input) => this.streams.replay(session, input),
    'auth.renew': (session, input) => this.renew(session, input),
  };

  constructor(
    private readonly joinRoom: JoinRoom,
    private readonly streams: ReadStreams,
    private readonly verifier: TokenVerifier,
    private readonly queries: QueryBus,
  ) {}

  has(name: string): name is SocketCommandName {
    return Object.hasOwn(this.byName, name);
  }

  /** @throws Failure of the command */
  run(session: MemberSession, name: SocketCommandName, input: unknown): Promise<Outcome> {
    return this.byName[name](session, input);
  }

  /** The same read as over REST; it changes nothing on the socket. */
  private async context({ caller }: MemberSession, raw: unknown): Promise<Outcome> {
    const data = await this.queries.run('rooms.context', raw, { caller, requestId: newId() });
    invariant(typeof data === 'object' && data !== null, 'a context package is an object');
    return { reply: { ok: true, type: 'room.context', data } };
  }

  private async renew(session: MemberSession, raw: unknown): Promise<Outcome> {
    const { token } = await validateInput(AuthRenewBody, raw);
    const { caller, expiresAt, proof } = await this.verifier.verify(
      token,
      session.caller.address,
      session.id,
    );
    if (caller.id !== session.caller.id || caller.kind !== session.caller.kind) {
      throw fail('auth.other_identity', {});
    }
    session.renew({ proof, expiresAt });
    return { reply: { ok: true, type: 'auth.renewed', data: { expires_at: expiresAt.toISOString() } } };
  }
}
