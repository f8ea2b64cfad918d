import type { Socket } from 'socket.io';
import { Encoder, PacketType } from 'socket.io-parser';
import type { AnyFrame } from '@clawtank/events';

/** What Engine.IO's own adapters hand over with a text: the WebSocket frame that carries it, made once. */
interface Made {
  readonly text: string;
  readonly options: { readonly compress: false; readonly wsPreEncodedFrame: readonly Buffer[] };
}

type Target = Pick<Socket, 'conn' | 'connected' | 'nsp'>;

const encoder = new Encoder();
const MESSAGE = '4';
const FINAL_TEXT = 0x81;

/**
 * Sends frames as `events`, and makes the text of a frame object once for all sockets of a namespace that get it. It
 * goes the way of everything else on the socket, so order, backlog and closing are the same.
 */
export class SharedText {
  private readonly made = new WeakMap<AnyFrame, Made>();

  send(socket: Target, frame: AnyFrame): void {
    if (!socket.connected) return;
    const known = this.made.get(frame) ?? make(frame, socket.nsp.name);
    this.made.set(frame, known);
    // Engine.IO keeps the options with the packet and may write to them, so each packet has its own.
    socket.conn.write(known.text, { ...known.options });
  }
}

function make(frame: AnyFrame, nsp: string): Made {
  // Without attachments, which no frame has, a packet is one text.
  const packets: readonly unknown[] = encoder.encode({
    type: PacketType.EVENT,
    nsp,
    data: ['events', frame],
  });
  const text = String(packets[0]);
  return {
    text,
    options: { compress: false, wsPreEncodedFrame: [webSocketFrame(`${MESSAGE}${text}`)] },
  };
}

/** One unmasked final text frame, as RFC 6455 section 5.2 lays it out. */
export function webSocketFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = FINAL_TEXT;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head);
  return frame;
}
