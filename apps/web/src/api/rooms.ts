import type { Frame, Page, PublicRoomView, SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';

/** Where the API is: its own address on the server, empty in a browser (same origin). */
export type Base = string;

/** The server answered, and not with what was asked for. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    path: string,
  ) {
    super(`${path} answered ${status}`);
  }
}

const TIMEOUT_MS = 10_000;

/** Reads JSON from the API. Throws ApiError for any answer but a good one. */
export async function get<T>(base: Base, path: string, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(`${base}/api/v1/${path}`, {
    headers: { accept: 'application/json' },
    cache: 'no-store',
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  if (!response.ok) throw new ApiError(response.status, path);
  return (await response.json()) as T;
}

/** The public rooms, newest first as the server gives them; at most 100. */
export function readRooms(base: Base, signal?: AbortSignal): Promise<Page<PublicRoomView>> {
  return get(base, 'rooms?limit=100', signal);
}

/** A public room as strangers see it. Throws ApiError 404 for one that is missing or private, alike. */
export function readRoom(base: Base, room: string, signal?: AbortSignal): Promise<SpectatorSnapshot> {
  return get(base, `rooms/${encodeURIComponent(room)}`, signal);
}

/** A stretch of a public room's log behind `after`, at most `limit` numbers long. */
export function readEvents(
  base: Base,
  room: string,
  after: number,
  limit: number,
  signal?: AbortSignal,
): Promise<Frame<SpectatorEvent>> {
  return get(base, `rooms/${encodeURIComponent(room)}/events?after=${after}&limit=${limit}`, signal);
}
