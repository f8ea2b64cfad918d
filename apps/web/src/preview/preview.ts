import type { PublicRoomView } from '@clawtank/contracts';
import type { Showcase } from '../api/showcase';
import { castOf } from '../story/cast';
import { headlineOf } from '../story/headline';
import type { RoomStory } from '../story/room-story';
import { AWAY, STATUS, type StatusShape, stateOf, type Tone } from '../story/words';
import { count, counted, plus, span } from '../time/format';

/** What the picture of a link shows. All of it is of the room's public form. */
export interface Preview {
  readonly name: string;
  readonly state: { readonly word: string; readonly tone: Tone };
  /** One sentence: what happens, or what it came to. */
  readonly line: string;
  readonly figures: readonly { readonly value: string; readonly word: string }[];
  readonly agents: readonly { readonly name: string; readonly shape: StatusShape }[];
  /** Events per ten seconds, oldest first. */
  readonly pulse: readonly number[];
}

const MOST_AGENTS = 4;

/** What the fonts of the picture can write; anything else would have the renderer look for a font elsewhere. */
const UNWRITABLE =
  /[^\u0020-\u007e\u00a0-\u017f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0401-\u045f‘’“”–—…·•€−]/gu;

export const writable = (text: string): string => text.replace(UNWRITABLE, '').replace(/\s+/g, ' ').trim();

const stateWord = (room: PublicRoomView): Preview['state'] => {
  const { word, tone } = stateOf(room);
  return { word, tone };
};

const named = ({ name, slug }: PublicRoomView): string => writable(name) || slug;

/** A room as it stands. */
export function roomPreview(story: RoomStory): Preview {
  const { room, agents, pull_requests } = story.snapshot;
  const headline = headlineOf(story.snapshot, story.log, castOf(story.snapshot));
  const merged = pull_requests.filter(({ state }) => state === 'merged').length;
  return {
    name: named(room),
    state: stateWord(room),
    line: writable(headline.parts.map(({ text }) => text).join('')),
    figures: [
      {
        value: `${count(room.tasks_complete)} / ${count(room.tasks_open + room.tasks_complete)}`,
        word: 'tasks done',
      },
      { value: count(merged), word: 'merged' },
      { value: count(room.members), word: room.members === 1 ? 'person' : 'people' },
      { value: count(room.agents), word: room.agents === 1 ? 'agent' : 'agents' },
    ],
    agents: agents.slice(0, MOST_AGENTS).map(({ agent, connected, status }) => ({
      name: writable(agent.name) || 'agent',
      shape: (connected ? STATUS[status] : AWAY).shape,
    })),
    pulse: room.pulse,
  };
}

/** A finished room, told from its log. */
export function showcasePreview(room: PublicRoomView, showcase: Showcase): Preview {
  const took = Date.parse(showcase.completed_at) - Date.parse(showcase.started_at);
  return {
    name: named(room),
    state: stateWord(room),
    line: writable(showcase.headline),
    figures: [
      { value: span(took), word: 'start to finish' },
      { value: count(showcase.tasks.length), word: showcase.tasks.length === 1 ? 'task' : 'tasks' },
      { value: plus(showcase.additions), word: 'lines' },
      { value: count(showcase.xp), word: 'XP' },
    ],
    agents: showcase.people
      .filter(({ subject }) => subject.kind === 'agent')
      .slice(0, MOST_AGENTS)
      .map(({ subject, tasks }) => ({
        name: `${writable(subject.name) || 'agent'}, ${counted(tasks, 'task')}`,
        shape: 'ready' as const,
      })),
    pulse: [],
  };
}
