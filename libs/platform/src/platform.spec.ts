import { COMMAND_NAMES, type RoomSnapshot, type RoomView } from '@clawtank/contracts';
import { HandlerRegistry } from '@clawtank/commands';
import { createTestPlatform, type TestPlatform } from './testing.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await createTestPlatform();
});
afterAll(() => platform.close());

describe('the composition', () => {
  it('has one handler for every command of the contract', () => {
    const registry = platform.app.get(HandlerRegistry, { strict: false });
    expect([...registry.commandNames].sort()).toEqual([...COMMAND_NAMES].sort());
  });

  it('gives every consumer a name of its own', async () => {
    const { Workers } = await import('./workers.js');
    const names = platform.app
      .get(Workers, { strict: false })
      .consumers()
      .map((consumer) => consumer.consumer);
    expect(names.length).toBeGreaterThanOrEqual(3);
    expect(new Set(names).size).toBe(names.length);
  });

  it('opens a room that members read as a whole and strangers in their form', async () => {
    const mira = await platform.aUser('mira');
    const { room } = await platform.run<{ room: RoomView }>('room.create', mira, {
      name: 'Roast',
      visibility: 'public',
    });
    await platform.run('chat.send', mira, { room_id: room.id, text: 'hello' });
    const snapshot = await platform.ask<RoomSnapshot>('rooms.get', mira, { room_id: room.id });
    expect(snapshot.messages.map((message) => message.text)).toContain('hello');
    const stranger = await platform.ask<Record<string, unknown>>('rooms.get', null, { room_id: room.slug });
    expect(JSON.stringify(stranger)).toContain('hello');
    expect(JSON.stringify(stranger)).not.toContain('settings');
  });
});
