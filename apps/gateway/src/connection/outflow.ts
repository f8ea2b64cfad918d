import type { Writable } from 'node:stream';
import type { FrameBytes } from '../streams/frame-bytes.js';
import { watchBacklog } from './backlog.js';

/** The parts of an Engine.IO connection that a frame passes. */
interface Connection {
  readonly readyState: string;
  readonly transport: { readonly writable: boolean; readonly name: string };
  write(text: string, options: object): unknown;
  on(event: 'packetCreate', listener: (packet: { data?: unknown }) => void): unknown;
  on(event: 'drain', listener: () => void): unknown;
}

/**
 * The way out of one socket for what goes to many. While nothing waits in Engine.IO the bytes go straight to the
 * network, where Engine.IO would put them too; behind a packet that waits they wait as a packet, so nothing is
 * overtaken. What the network does not take is counted, and too much of it is told once.
 */
export class Outflow {
  private readonly connection: Connection;
  private readonly network: Writable;
  private readonly backlog: () => number;
  private slow = false;

  constructor(
    socket: { readonly conn: Connection; readonly request: { readonly socket: Writable } },
    private readonly limit: number,
    private readonly onSlow: () => void,
  ) {
    this.connection = socket.conn;
    this.network = socket.request.socket;
    this.backlog = watchBacklog(socket, limit, () => this.tellSlow());
  }

  /** The reader takes less than is sent. */
  get isBehind(): boolean {
    return this.network.writableNeedDrain;
  }

  /** Bytes that the network has yet to take; what waits as packets goes through it too. */
  get waitingBytes(): number {
    return Math.max(this.backlog(), this.network.writableLength);
  }

  send({ text, wire }: FrameBytes): void {
    const { connection, network } = this;
    if (connection.readyState !== 'open') return;
    const { transport } = connection;
    if (transport.writable && transport.name === 'websocket' && network.writable) {
      network.write(wire);
      if (network.writableLength > this.limit) this.tellSlow();
    }
    // Engine.IO keeps the options with the packet and writes to them, so each packet has its own.
    else connection.write(text, { compress: false, wsPreEncodedFrame: [wire] });
  }

  private tellSlow(): void {
    if (this.slow) return;
    this.slow = true;
    this.onSlow();
  }
}
