import type { PublicRoomView } from '@clawtank/contracts';
import { perMinute } from './pulse';
import { stateOf } from './words';

export const ORDERS = ['busiest', 'watched', 'newest'] as const;
export type Order = (typeof ORDERS)[number];

/** The public rooms as the home page lists them. */
export interface Directory {
  /** Everything that is not finished, in the wished order, rooms at work first. */
  readonly open: readonly PublicRoomView[];
  /** Completed and archived rooms, the latest first. */
  readonly finished: readonly PublicRoomView[];
  readonly working: number;
  readonly agents: number;
  readonly spectators: number;
}

const moment = (at: string | null): number => (at === null ? 0 : Date.parse(at));

const COMPARE: Readonly<Record<Order, (a: PublicRoomView, b: PublicRoomView) => number>> = {
  busiest: (a, b) =>
    perMinute(b.pulse) - perMinute(a.pulse) ||
    total(b.pulse) - total(a.pulse) ||
    moment(b.last_event_at) - moment(a.last_event_at),
  watched: (a, b) => b.spectators - a.spectators || moment(b.last_event_at) - moment(a.last_event_at),
  newest: (a, b) => moment(b.created_at) - moment(a.created_at),
};

const total = (counts: readonly number[]): number => counts.reduce((sum, value) => sum + value, 0);
const isWorking = (room: PublicRoomView): boolean => stateOf(room).working;
const workingFirst = (a: PublicRoomView, b: PublicRoomView): number =>
  Number(isWorking(b)) - Number(isWorking(a));

/** Sorts the rooms and adds up who is in those that are open. */
export function directoryOf(rooms: readonly PublicRoomView[], order: Order): Directory {
  const open = rooms.filter((room) => !stateOf(room).finished);
  const compare = COMPARE[order];
  return {
    open: open.toSorted((a, b) => workingFirst(a, b) || compare(a, b)),
    finished: rooms
      .filter((room) => stateOf(room).finished)
      .toSorted(
        (a, b) => moment(b.completed_at ?? b.last_event_at) - moment(a.completed_at ?? a.last_event_at),
      ),
    working: open.filter(isWorking).length,
    agents: open.reduce((sum, room) => sum + room.agents, 0),
    spectators: open.reduce((sum, room) => sum + room.spectators, 0),
  };
}

/** The room that the home page shows large: the busiest one at work with an agent in it. */
export function featured(rooms: readonly PublicRoomView[]): PublicRoomView | undefined {
  return directoryOf(rooms, 'busiest').open.find((room) => isWorking(room) && room.agents > 0);
}
