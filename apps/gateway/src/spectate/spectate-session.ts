import type { Signal } from '@clawtank/contracts';
import type { StreamHub } from '@clawtank/events';
import type { SpectateSocket } from '../connection/sockets.js';
import type { SocketFigures } from '../connection/socket-figures.js';
import { FrameEncoder } from '../streams/frame-bytes.js';
import { StreamSession } from '../streams/stream-session.js';
import { isShownToSpectators } from './spectator-signals.js';

const encoder = new FrameEncoder('/spectate');

/** One spectator's socket and the rooms it watches. */
export class SpectateSession extends StreamSession {
  constructor(socket: SpectateSocket, hub: StreamHub, figures: SocketFigures) {
    super(socket, hub, figures, { audience: 'spectator', encoder });
  }

  override signal(signal: Signal): void {
    if (isShownToSpectators(signal)) super.signal(signal);
  }
}
