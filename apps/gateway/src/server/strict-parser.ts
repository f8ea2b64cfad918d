import * as parser from 'socket.io-parser';

const BINARY: ReadonlySet<string> = new Set(
  [parser.PacketType.BINARY_EVENT, parser.PacketType.BINARY_ACK].map(String),
);

/**
 * Socket.IO's own parser, narrowed to what the wire contract has: JSON text. Nothing here is ever binary, and
 * a packet that waits for attachments would hold memory for a stranger. What throws closes that connection.
 */
class StrictDecoder extends parser.Decoder {
  override add(packet: unknown): void {
    if (typeof packet !== 'string') throw new Error('binary packets are refused');
    if (BINARY.has(packet.charAt(0))) {
      throw new Error('binary packets are refused');
    }
    super.add(packet);
  }
}

export const strictParser = { Encoder: parser.Encoder, Decoder: StrictDecoder };
