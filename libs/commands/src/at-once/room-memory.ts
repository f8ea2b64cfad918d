import type { Appended } from '@clawtank/events';
import type { Caller } from '../caller.js';

const MOST = 50_000;

/** Where commands led before. It only says with which commands one may wait; the database decides everything. */
export class RoomMemory {
  private readonly rooms = new Map<string, string>();
  private readonly admitted = new Map<string, true>();

  /**
   * The room that a command is on, if its subject has led to one and this caller was let into it. A stranger gets
   * none: how long an answer takes must not tell whether a private room is there and busy.
   */
  roomFor(caller: Caller, input: object): string | undefined {
    const subject = subjectOf(input);
    const room = subject === undefined ? undefined : this.rooms.get(subject);
    return room !== undefined && this.admitted.has(pass(caller, room)) ? room : undefined;
  }

  /** Remembers which rooms, by their ids, a successful command has locked. */
  learn(caller: Caller, input: object, locked: readonly string[]): void {
    const [room] = locked;
    if (room === undefined || locked.length > 1) return;
    const subject = subjectOf(input);
    if (subject === undefined) return;
    put(this.rooms, subject, room);
    put(this.admitted, pass(caller, room), true);
  }

  /** Remembers to which rooms the tasks belong that events tell of. */
  learnTasks(appended: readonly Appended[]): void {
    for (const { events } of appended) {
      for (const { room_id: room, data } of events) {
        if (room !== undefined && 'task_id' in data && typeof data.task_id === 'string') {
          put(this.rooms, data.task_id, room);
        }
      }
    }
  }

  /** Forgets that a caller was let in. */
  forget(caller: Caller, input: object): void {
    const room = this.rooms.get(subjectOf(input) ?? '');
    if (room !== undefined) this.admitted.delete(pass(caller, room));
  }
}

const pass = (caller: Caller, room: string): string => `${caller.id} ${room}`;

/** What a command names as the thing it is about: a room by id or slug, or a task, which never changes its room. */
function subjectOf(input: object): string | undefined {
  for (const name of ['room_id', 'task_id']) {
    const value: unknown = Reflect.get(input, name);
    if (typeof value === 'string') return value;
  }
  return undefined;
}

function put<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MOST ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
