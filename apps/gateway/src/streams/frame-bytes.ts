import { PacketType } from 'socket.io-parser';
import { type AnyFrame, frameText } from '@clawtank/events';

/** What carries a frame to a client, made once for all who get it. */
export interface FrameBytes {
  /** The Socket.IO packet. */
  readonly text: string;
  /** The WebSocket frame that holds it. */
  readonly wire: Buffer;
}

const MESSAGE = '4';
const FINAL_TEXT = 0x81;

/** The bytes that carry frames as `events` of one namespace. */
export class FrameEncoder {
  private readonly made = new WeakMap<AnyFrame, FrameBytes>();
  private lastFrame: AnyFrame | undefined;
  private last: FrameBytes | undefined;

  constructor(private readonly nsp: string) {}

  of(frame: AnyFrame): FrameBytes {
    // Thousands ask for the same one in a row.
    if (frame === this.lastFrame && this.last) return this.last;
    const bytes = this.made.get(frame) ?? this.make(frame);
    this.made.set(frame, bytes);
    this.lastFrame = frame;
    this.last = bytes;
    return bytes;
  }

  private make(frame: AnyFrame): FrameBytes {
    // As Socket.IO encodes a packet without attachments, but for the frame, of which texts are kept.
    const text = `${PacketType.EVENT}${this.nsp === '/' ? '' : `${this.nsp},`}["events",${frameText(frame)}]`;
    return { text, wire: webSocketFrame(`${MESSAGE}${text}`) };
  }
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
