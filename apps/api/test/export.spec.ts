import { CommandBus } from '@clawtank/commands';
import { SYSTEM_ACTOR, UnitOfWork } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { type Person, startApi, type TestApi } from './test-api.js';

interface Line {
  readonly format?: string;
  readonly stream: string;
  readonly from: number;
  readonly to: number;
  readonly events: readonly {
    readonly seq: number;
    readonly type: string;
    readonly data: Record<string, unknown>;
  }[];
}

describe('the download of a room', () => {
  let api: TestApi;
  let ada: Person;
  let room: { id: string; slug: string };
  beforeAll(async () => {
    api = await startApi();
    ada = await api.aPerson('ada');
  });
  afterAll(() => api.close());

  const run = (name: string, input: object) =>
    api.app.get(CommandBus, { strict: false }).run(name, input, { caller: ada.caller, requestId: newId() });
  const download = async (token?: string): Promise<{ response: Response; text: string; lines: Line[] }> => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(`${api.url}/api/v1/rooms/${room.slug}/export`, { headers });
    const text = await response.text();
    const lines = response.ok
      ? text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Line)
      : [];
    return { response, text, lines };
  };
  const eventsIn = (lines: readonly Line[]) => lines.slice(1).flatMap(({ events }) => events);

  it('is a line about itself and frames that tile, of a log longer than one page', async () => {
    room = await api.aRoom(ada, 'private');
    await api.app.get(UnitOfWork, { strict: false }).run(async (tx) => {
      await tx.lockRoom(room.id);
      for (let n = 0; n < 1_200; n += 1)
        tx.appendToRoom(room.id, {
          type: 'room.decision',
          actor: SYSTEM_ACTOR,
          data: { decision_id: newId(), text: `decision ${String(n)}` },
        });
    });
    const { response, lines } = await download(ada.token);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(response.headers.get('content-disposition')).toContain(`room-${room.id}.jsonl`);
    expect(lines[0]).toMatchObject({ format: 'clawtank.log', version: 1, stream: `room:${room.id}` });
    expect(lines.length).toBeGreaterThan(2);
    const frames = lines.slice(1);
    expect(frames.map(({ from }) => from)).toEqual([1, ...frames.slice(0, -1).map(({ to }) => to + 1)]);
    expect(eventsIn(lines).map(({ seq }) => seq)).toEqual(eventsIn(lines).map((_, index) => index + 1));
    expect(eventsIn(lines).filter(({ type }) => type === 'room.decision')).toHaveLength(1_200);
  });

  it('leaves blank what was redacted, and shows strangers their own form', async () => {
    room = await api.aRoom(ada, 'public');
    const { message_id } = (await run('chat.send', { room_id: room.id, text: 'the old words' })) as {
      message_id: string;
    };
    await run('room.update', { room_id: room.id, settings: { agent_instructions: 'for members' } });
    await run('chat.delete', { room_id: room.id, message_id });
    const [mine, theirs] = [await download(ada.token), await download()];
    expect([mine.text, theirs.text].filter((text) => text.includes('the old words'))).toEqual([]);
    expect(eventsIn(mine.lines).find(({ type }) => type === 'chat.message')?.data).toEqual({
      redacted: true,
    });
    expect([mine.text.includes('for members'), theirs.text.includes('for members')]).toEqual([true, false]);
    expect(theirs.lines.at(-1)?.to).toBe(mine.lines.at(-1)?.to);
  });

  it('is not there for strangers to a private room, as the room itself is not', async () => {
    room = await api.aRoom(ada, 'private');
    const { response, text } = await download();
    expect([response.status, (JSON.parse(text) as { reason: string }).reason]).toEqual([
      404,
      'room.not_found',
    ]);
  });
});
