import type { Rest } from '@clawtank/demo/rest';

const AT_ONCE = 16;

export interface BigRoom {
  readonly id: string;
  readonly slug: string;
}

/** Does `count` things, `AT_ONCE` of them at a time. */
async function all(count: number, one: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Talk and no wishes: a line that sounds like work would leave a suggestion that nobody of thousands answers. */
export const say = (rest: Rest, { id }: BigRoom, count: number): Promise<void> =>
  all(count, (index) =>
    rest.post(`/rooms/${id}/messages`, {
      text: `Yes, **${String(index)}** is what \`pick\` gave me as well.`,
    }),
  );

/** A room of that many tasks and events, made through the public door. */
export async function makeBigRoom(rest: Rest, tasks: number, events: number): Promise<BigRoom> {
  const { room } = await rest.post<{ room: BigRoom }>('/rooms', {
    name: 'Big',
    visibility: 'public',
    repository: { host: 'local' },
  });
  await all(tasks, (index) =>
    rest.post(`/rooms/${room.id}/tasks`, {
      title: `Task ${String(index)}`,
      size: 'small',
      capabilities: ['code'],
    }),
  );
  await say(rest, room, events - tasks);
  return room;
}

/** Says something 50 times a second until told to stop. */
export function keepSaying(rest: Rest, room: BigRoom, perSecond: number): () => Promise<void> {
  const sent: Promise<unknown>[] = [];
  const timer = setInterval(() => sent.push(say(rest, room, 1)), 1_000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(sent);
  };
}
