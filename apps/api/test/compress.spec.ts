import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { CommandBus } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import { type Person, startApi, type TestApi } from './test-api.js';

interface Raw {
  readonly encoding: string | undefined;
  readonly body: Buffer;
}

describe('answers on the wire', () => {
  let api: TestApi;
  let ada: Person;
  let room: { id: string; slug: string };
  beforeAll(async () => {
    api = await startApi();
    ada = await api.aPerson('ada');
    room = await api.aRoom(ada, 'private');
    const bus = api.app.get(CommandBus, { strict: false });
    const input = { room_id: room.id, text: 'a long line, '.repeat(400) };
    await bus.run('chat.send', input, { caller: ada.caller, requestId: newId() });
  });
  afterAll(() => api.close());

  /** As it came, before anything unpacks it. */
  async function raw(method: string, path: string, accepts: string): Promise<Raw> {
    const headers = { authorization: `Bearer ${ada.token}`, 'accept-encoding': accepts };
    const url = `${await api.app.getUrl()}/api/v1${path}`;
    return new Promise((resolve, reject) => {
      const asked = request(url, { method, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({ encoding: answer.headers['content-encoding'], body: Buffer.concat(parts) }),
        );
      });
      asked.once('error', reject);
      asked.end();
    });
  }

  it('are packed for who can unpack them, and say the same', async () => {
    const path = `/rooms/${room.id}/messages`;
    const plain = await raw('GET', path, 'identity');
    const packed = await raw('GET', path, 'gzip, br');
    expect([plain.encoding, packed.encoding]).toEqual([undefined, 'gzip']);
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
    expect(packed.body.length).toBeLessThan(plain.body.length / 4);
  });

  it('stay as they are where they are short', async () => {
    expect((await raw('GET', '/auth/me', 'gzip')).encoding).toBeUndefined();
  });
});
