import { Encoder, PacketType } from 'socket.io-parser';
import type { AnyFrame } from '@clawtank/events';
import { FrameEncoder } from './frame-bytes.js';

const frame: AnyFrame = {
  stream: 'room:1',
  epoch: 'e',
  from: 1,
  to: 3,
  events: [1, 3].map((seq) => ({
    id: String(seq),
    stream: 'room:1',
    seq,
    type: 'chat.message',
    at: 'now',
    actor: { kind: 'system', id: '', name: 'ä"😀' },
    data: { text: '\u2028', reply_to: null },
  })),
};

describe.each(['/', '/spectate'])('frames in the namespace %s', (nsp) => {
  it.each([frame, { ...frame, events: [] }])('are what Socket.IO would send', (given) => {
    const packets: readonly unknown[] = new Encoder().encode({
      type: PacketType.EVENT,
      nsp,
      data: ['events', given],
    });
    expect([new FrameEncoder(nsp).of(given).text]).toEqual(packets);
  });
});
