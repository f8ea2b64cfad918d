import { LIMITS, roomStream } from '@clawtank/contracts';
import { Client, expectTiling } from './client.js';
import { RawSocket } from './raw-socket.js';
import { fieldAt, type Person, startGateway, type TestGateway } from './test-gateway.js';

const NAMESPACES = ['/', '/spectate'] as const;
type Namespace = (typeof NAMESPACES)[number];

describe('the socket under hostile packets', () => {
  let gateway: TestGateway;
  let ada: Person;
  let roomId: string;
  let witness: Client;
  let cursor: number;
  const raws: RawSocket[] = [];

  beforeAll(async () => {
    gateway = await startGateway();
    ada = await gateway.aPerson('ada');
    roomId = await gateway.aRoom(ada, 'public');
    witness = await Client.member(gateway.url, ada.token);
    cursor = Number(fieldAt(await witness.ok('room.join', { room_id: roomId }), 'cursor'));
  });
  afterEach(() => {
    for (const raw of raws.splice(0)) raw.close();
  });
  afterAll(async () => {
    witness.close();
    await gateway.close();
  });

  const attack = async (namespace: Namespace): Promise<RawSocket> => {
    const raw = await RawSocket.join(gateway.url, namespace, namespace === '/' ? ada.token : undefined);
    raws.push(raw);
    return raw;
  };
  const event = (namespace: Namespace, ack: number | '', payload: string) =>
    `42${namespace === '/' ? '' : `${namespace},`}${ack}${payload}`;
  const reply = (raw: RawSocket, namespace: Namespace, ack: number) =>
    raw.until((message) => message.startsWith(`43${namespace === '/' ? '' : `${namespace},`}${ack}[`));

  /** The process lives, and a member’s stream goes on. */
  const expectUndisturbed = async (): Promise<void> => {
    const ack = await witness.ok('chat.send', { room_id: roomId, text: 'still here' });
    const seq = Number(fieldAt(ack, 'seq'));
    await witness.reached(roomStream(roomId), seq);
    expectTiling(witness.frames(roomStream(roomId)), cursor + 1, seq);
  };

  describe.each(NAMESPACES)('at %s', (namespace) => {
    const command = namespace === '/' ? 'chat.send' : 'spectate.join';

    it.each([
      ['50,000 arguments', `["${command}"${',1'.repeat(50_000)}]`, 'VALIDATION_FAILED'],
      ['200,000 arguments', `["${command}"${',1'.repeat(200_000)}]`, 'VALIDATION_FAILED'],
      ['50,000 arguments of no command', `["x"${',1'.repeat(50_000)}]`, 'VALIDATION_FAILED'],
      ['two inputs', `["${command}",{},{}]`, 'VALIDATION_FAILED'],
      ['no input', `["${command}"]`, 'VALIDATION_FAILED'],
      ['null', `["${command}",null]`, 'VALIDATION_FAILED'],
      ['a list', `["${command}",[1]]`, 'VALIDATION_FAILED'],
      ['a prototype', `["${command}",{"__proto__":{"admin":true}}]`, 'VALIDATION_FAILED'],
      ['a constructor', `["${command}",{"constructor":{"prototype":{"a":1}}}]`, 'VALIDATION_FAILED'],
      ['depth 10,000', `["${command}",${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}]`, 'VALIDATION_FAILED'],
      ['a lone surrogate', `["${command}",{"room":"\\ud800","text":"\\ud800"}]`, 'VALIDATION_FAILED'],
      ['a placeholder for bytes', `["${command}",{"_placeholder":true,"num":0}]`, 'VALIDATION_FAILED'],
      ['a number for a name', '[7,{}]', 'NOT_FOUND'],
      ['an unknown command', '["no.such",{}]', 'NOT_FOUND'],
      ['the name of a built-in', '["hasOwnProperty",{}]', 'NOT_FOUND'],
      ['a very long name', `["${'n'.repeat(100_000)}",{}]`, 'NOT_FOUND'],
      ['a megabyte', `["${command}",{"room":"${'x'.repeat(1_048_576)}"}]`, 'PAYLOAD_TOO_LARGE'],
    ])('answers %s with a typed error', async (_name, payload, code) => {
      const raw = await attack(namespace);
      raw.send(event(namespace, 5, payload));
      const answer = await reply(raw, namespace, 5);
      expect(answer).toContain(`"code":"${code}"`);
      expect(answer.length).toBeLessThan(2_000);
      await expectUndisturbed();
      expect(raw.isOpen).toBe(true);
    });

    it.each([
      [
        'a binary event',
        [
          `451-${namespace === '/' ? '' : '/spectate,'}["${command}",{"_placeholder":true,"num":0}]`,
          Buffer.from([1]),
        ],
      ],
      ['a thousand attachments', [`451000-${namespace === '/' ? '' : '/spectate,'}["${command}"]`]],
      ['binary out of nowhere', [Buffer.from('hello')]],
      ['a reserved event', [event(namespace, '', '["disconnect"]')]],
      ['an event that is no list', [event(namespace, '', '{"a":1}')]],
      ['malformed JSON', [event(namespace, '', '["chat.send",')]],
      ['an unknown packet type', ['49']],
      ['an unknown transport packet', ['9hello']],
      ['an empty message', ['']],
      ['more than a frame may hold', [`42["x","${'x'.repeat(LIMITS.SOCKET_FRAME_BYTES + 10)}"]`]],
      ['a connection to an unknown place', ['40/nowhere,{}', '42/nowhere,["x"]']],
    ])('survives %s', async (_name, packets) => {
      const raw = await attack(namespace);
      for (const packet of packets) raw.send(packet);
      await raw.closed;
      await expectUndisturbed();
    });

    it('survives acks that nobody asked for', async () => {
      const raw = await attack(namespace);
      raw.send(`43${namespace === '/' ? '' : '/spectate,'}99[1]`);
      raw.send(event(namespace, 6, '["no.such",{}]'));
      await reply(raw, namespace, 6);
      await expectUndisturbed();
    });
  });

  it('survives connections that never say anything', async () => {
    const silent = await Promise.all(Array.from({ length: 200 }, () => RawSocket.open(gateway.url)));
    raws.push(...silent);
    await expectUndisturbed();
  });

  it('limits what one socket may have under way', async () => {
    const raw = await attack('/');
    for (let id = 0; id < 1_200; id += 1) raw.send(event('/', id, `["room.join",{"room_id":"${roomId}"}]`));
    const refused = await raw.until((message) => message.includes('"socket.busy"'));
    expect(refused).toContain('"code":"RATE_LIMITED"');
    expect(refused).toContain('"retry_after_ms"');
    raw.close();
    await expectUndisturbed();
  });
});
