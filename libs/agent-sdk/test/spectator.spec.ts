import { Spectator } from '../src/index.js';
import { EPOCH, ScriptedPeer } from './scripted-peer.js';

const ROOM = 'room:1';

let peer: ScriptedPeer;
let spectator: Spectator;

beforeEach(async () => {
  peer = await ScriptedPeer.start();
  spectator = new Spectator({ server: peer.url, backoff: { firstMs: 20, capMs: 50 } });
});

afterEach(async () => {
  spectator.close();
  await peer.stop();
});

async function seqs(count: number, events: AsyncIterable<{ seq: number }>): Promise<number[]> {
  const taken: number[] = [];
  for await (const event of events) {
    taken.push(event.seq);
    if (taken.length === count) break;
  }
  return taken;
}

describe('a spectator', () => {
  it('sees the room as it is and goes on, without a token', async () => {
    peer.append(ROOM, 'chat.message');
    const room = await spectator.watch('reef-1');
    expect(room.snapshot).toMatchObject({ room: { id: '1' }, cursor: 1, epoch: EPOCH });
    peer.appendHidden(ROOM);
    peer.append(ROOM, 'chat.message');
    expect(await seqs(1, room.events())).toEqual([3]);
  });

  it('reads on after the connection was cut', async () => {
    const room = await spectator.watch('1');
    const reading = seqs(4, room.events());
    peer.append(ROOM, 'chat.message');
    peer.cut();
    for (let count = 0; count < 3; count++) peer.append(ROOM, 'chat.message');
    expect(await reading).toEqual([1, 2, 3, 4]);
  });

  it('asks over REST for news that were lost', async () => {
    peer.rest.set('GET /api/v1/rooms/1/events', (url) => {
      const after = Number(url.searchParams.get('after'));
      return peer.frame(ROOM, after, peer.head(ROOM));
    });
    const room = await spectator.watch('1');
    peer.muted.add(ROOM);
    for (let count = 0; count < 3; count++) peer.append(ROOM, 'chat.message');
    peer.muted.delete(ROOM);
    peer.append(ROOM, 'chat.message');
    expect(await seqs(4, room.events())).toEqual([1, 2, 3, 4]);
  });
});
