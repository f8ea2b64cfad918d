import type { RoomContext, RoomView } from '@clawtank/contracts';

/** Sizes of a context package in bytes of JSON. */
export const CONTEXT_BYTES = { min: 8_192, standard: 65_536, max: 262_144 } as const;

/** The names and brackets of a package whose lists are empty, and what names the left out. */
const FRAME_BYTES = 1_024;
const ROOM_SHARE = 0.25;

export type FullContext = Omit<RoomContext, 'left_out'>;

/**
 * Cuts a context package to `budget` bytes of JSON. What an agent must know to do no harm comes first: tasks,
 * leases, decisions; then the repository and the talk.
 * @param budget at least CONTEXT_BYTES.min
 * @returns the package with `left_out` naming every cut list and how many of its items are missing
 */
export function fitContext(full: FullContext, budget: number): RoomContext {
  const room = cutRoom(full.room, Math.floor(budget * ROOM_SHARE));
  const space = new Space(budget - FRAME_BYTES - jsonBytes(room));
  const lists = {
    members: space.first('members', full.members, 0.25),
    agents: space.first('agents', full.agents, 0.3),
    active_tasks: space.first('active_tasks', full.active_tasks, 0.5),
    leases: space.first('leases', full.leases, 0.4),
    decisions: space.newest('decisions', full.decisions, 0.3),
    since_you_left: full.since_you_left && {
      after: full.since_you_left.after,
      news: space.newest('news', full.since_you_left.news, 0.3),
    },
    repository: {
      branches: space.first('branches', full.repository.branches, 0.3),
      recent_commits: space.first('recent_commits', full.repository.recent_commits, 0.3),
      files: space.first('files', full.repository.files, 0.4),
    },
    chat_history: space.newest('chat_history', full.chat_history, 1),
  };
  const cut = jsonBytes(full.room) - jsonBytes(room);
  const leftOut = cut > 0 ? { room_text_bytes: cut, ...space.leftOut } : space.leftOut;
  return { room, ...lists, left_out: leftOut, cursor: full.cursor, epoch: full.epoch };
}

/** Bytes that are still free; each list may take its share of them, and leaves the rest to those after it. */
class Space {
  readonly leftOut: Record<string, number> = {};
  private free: number;

  constructor(free: number) {
    this.free = free;
  }

  first<T>(name: string, items: readonly T[], share: number): T[] {
    const limit = this.free * share;
    const sizes = items.map((item) => jsonBytes(item) + 1);
    let used = 0;
    let count = 0;
    while (count < items.length && used + (sizes[count] ?? 0) <= limit) {
      used += sizes[count] ?? 0;
      count += 1;
    }
    this.free -= used;
    if (count < items.length) this.leftOut[name] = items.length - count;
    return items.slice(0, count);
  }

  /** Keeps the end of the list. */
  newest<T>(name: string, items: readonly T[], share: number): T[] {
    return this.first(name, items.toReversed(), share).reverse();
  }
}

function cutRoom(room: RoomView, limit: number): RoomView {
  const texts = jsonBytes(room.description) + jsonBytes(room.settings.agent_instructions);
  const rest = jsonBytes(room) - texts;
  if (rest + texts <= limit) return room;
  const each = Math.max(0, Math.floor((limit - rest) / 2));
  const settings = {
    ...room.settings,
    agent_instructions: cutText(room.settings.agent_instructions, each),
  };
  return { ...room, description: cutText(room.description, each), settings };
}

/** The longest beginning of a text that takes at most `bytes` as JSON. */
function cutText(text: string, bytes: number): string {
  if (jsonBytes(text) <= bytes) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (jsonBytes(text.slice(0, middle)) <= bytes) fits = middle;
    else tooLong = middle;
  }
  // Half of a surrogate pair is no text.
  return text.slice(0, fits).replace(/[\uD800-\uDBFF]$/, '');
}

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
