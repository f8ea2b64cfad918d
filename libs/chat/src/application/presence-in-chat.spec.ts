import { type Signal, roomStream } from '@clawtank/contracts';
import { signalChannel } from '@clawtank/events';
import { Failure } from '@clawtank/kernel';
import { aMember } from '@clawtank/rooms/testing';
import { type ChatKit, type ChatRoom, startChat } from '../testing/chat-room.js';
import { ChatSystemLine } from './chat-system-line.js';
import { MessagesInSnapshot } from './messages-in-snapshot.js';

let kit: ChatKit;
let in_: ChatRoom;

beforeAll(async () => {
  kit = await startChat();
});
afterAll(() => kit.close());
beforeEach(async () => {
  in_ = await kit.makeRoom();
});

const reasonOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'allowed',
    (error: unknown) => (error instanceof Failure ? error.reason : String(error)),
  );

describe('chat.typing', () => {
  it('is signalled to the room and leaves no trace', async () => {
    const heard = new Promise<Signal>((resolve) => {
      void kit.log.bus.subscribe(signalChannel(roomStream(in_.room.id)), (text) =>
        resolve(JSON.parse(text) as Signal),
      );
    });
    await kit.command(in_.agent, 'chat.typing', { room_id: in_.room.slug });
    expect(await heard).toMatchObject({
      type: 'chat.typing',
      room_id: in_.room.id,
      actor: { kind: 'agent', id: in_.agent.id },
    });
    expect(await kit.roomEvents(in_.room)).toEqual([]);
  });

  it('is for those who may write', async () => {
    await kit.log.work.run((tx) => aMember(tx, in_.room, in_.stranger, 'spectator'));
    const typing = kit.command(in_.stranger, 'chat.typing', { room_id: in_.room.id });
    expect(await reasonOf(typing)).toBe('room.members_only');
  });
});

describe('chat.read', () => {
  const read = (seq: number): Promise<object> =>
    kit.command(in_.member, 'chat.read', { room_id: in_.room.id, seq });

  it('moves forward only, and never beyond the last event', async () => {
    for (const text of ['one', 'two', 'three']) {
      await kit.command(in_.host, 'chat.send', { room_id: in_.room.id, text });
    }
    expect(await read(2)).toMatchObject({ room_id: in_.room.id, seq: 2 });
    expect(await read(1)).toMatchObject({ seq: 2 });
    expect(await read(1_000_000)).toMatchObject({ seq: 3 });
  });

  it('is refused to strangers, of public rooms too', async () => {
    in_ = await kit.makeRoom({ visibility: 'public' });
    const reading = kit.command(in_.stranger, 'chat.read', { room_id: in_.room.id, seq: 0 });
    expect(await reasonOf(reading)).toBe('chat.members_only');
  });
});

describe('what chat adds to rooms', () => {
  it('says lines of the system', async () => {
    await kit.log.work.run(async (tx) => {
      await tx.lockRoom(in_.room.id);
      await kit.get(ChatSystemLine).say(tx, in_.room.id, `Pincer joined, @${in_.host.name}`);
    });
    expect(await kit.roomEvents(in_.room)).toMatchObject([
      { type: 'chat.message', actor: { kind: 'system', id: '' }, data: { origin: 'system', mentions: [] } },
    ]);
  });

  it('gives the newest messages to the snapshot, oldest first', async () => {
    await kit.log.work.run(async (tx) => {
      await tx.lockRoom(in_.room.id);
      for (let i = 1; i <= 52; i += 1)
        await kit.get(ChatSystemLine).say(tx, in_.room.id, `line ${String(i)}`);
    });
    const { messages } = await kit.log.database.transaction((tx) =>
      kit.get(MessagesInSnapshot).read(tx, in_.room),
    );
    expect(messages?.map((message) => message.text)).toEqual(
      Array.from({ length: 50 }, (_, i) => `line ${String(i + 3)}`),
    );
  });
});
