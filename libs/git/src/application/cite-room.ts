import type { Tx } from '@clawtank/database';
import { listDecisions, type Room } from '@clawtank/rooms';
import type { Task } from '@clawtank/tasks';
import { citing } from '../domain/citing.js';

/**
 * The text of a pull request at a code host, which says where it comes from. What was decided in a private room stays
 * out of a repository that everybody reads.
 * @param publicUrl what people open this server by
 */
export async function citeRoom(
  tx: Tx,
  body: string,
  { room, task }: { readonly room: Room; readonly task: Pick<Task, 'key' | 'title'> },
  { publicUrl, secret }: { readonly publicUrl: string | undefined; readonly secret: boolean },
): Promise<string> {
  const open = secret || room.visibility === 'public';
  const decisions = open ? (await listDecisions(tx, room.id)).map(({ text }) => text) : [];
  const roomUrl = publicUrl === undefined ? null : new URL(`/rooms/${room.slug}`, publicUrl).href;
  const words = { roomName: open ? room.name : 'it was made in', roomUrl, decisions };
  return citing(body, { taskKey: task.key, taskTitle: task.title, ...words });
}
