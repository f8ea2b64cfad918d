import type { SessionProof } from '@clawtank/auth';
import type { Caller } from '@clawtank/commands';
import type { StreamHub } from '@clawtank/events';
import { invariant } from '@clawtank/kernel';
import { FrameEncoder } from '../streams/frame-bytes.js';
import { StreamSession } from '../streams/stream-session.js';
import type { Admission } from './admission.js';
import type { SocketFigures } from './socket-figures.js';
import type { MemberSocket } from './sockets.js';

const encoder = new FrameEncoder('/');

/** One member's socket: who it is, until when, and what it follows. */
export class MemberSession extends StreamSession {
  /** Streams that the client knows are about to end. */
  private readonly left = new Set<string>();
  private expiry: NodeJS.Timeout | undefined;
  private admission: Admission;

  constructor(socket: MemberSocket, hub: StreamHub, figures: SocketFigures, admission: Admission) {
    super(socket, hub, figures, { audience: 'member', encoder });
    this.admission = admission;
    this.renew(admission);
  }

  get id(): string {
    const { sessionId } = this.admission.caller;
    invariant(sessionId, 'a session has an id');
    return sessionId;
  }

  get caller(): Caller {
    return this.admission.caller;
  }

  /** What its right to go on rests on. */
  get proof(): SessionProof {
    return this.admission.proof;
  }

  /** The session goes on until the new token ends. */
  renew(admission: Pick<Admission, 'proof' | 'expiresAt'>): void {
    this.admission = { ...this.admission, proof: admission.proof, expiresAt: admission.expiresAt };
    clearTimeout(this.expiry);
    this.expiry = setTimeout(() => this.bye('TOKEN_EXPIRED'), admission.expiresAt.getTime() - Date.now());
  }

  /** Marks that the client asked to leave a stream, or that this came to nothing. */
  leaving(stream: string, leaving: boolean): void {
    if (leaving) this.left.add(stream);
    else this.left.delete(stream);
  }

  override lose(stream: string): void {
    if (this.left.has(stream)) this.unfollow(stream);
    else super.lose(stream);
  }

  override close(): void {
    clearTimeout(this.expiry);
    super.close();
  }
}
