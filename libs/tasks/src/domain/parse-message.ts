import type { Priority } from '@clawtank/contracts';
import { accepted } from './capture/acceptance.js';
import { deadlineIn } from './capture/deadline.js';
import { dependenciesIn, keysIn } from './capture/dependencies.js';
import { takeHandles } from './capture/handles.js';
import type { Heard } from './capture/found.js';
import { hearLines } from './capture/hear.js';
import { likelyIn } from './capture/likely.js';
import { pathsIn } from './capture/named-paths.js';
import { plainLines } from './capture/plain-lines.js';
import { priorityOf } from './capture/priority-words.js';
import { capabilitiesIn, languagesIn } from './capture/skills.js';
import { isSlashCommand, readSlashCommand } from './capture/slash-command.js';
import { commandTitle } from './capture/command-title.js';
import { titleOf } from './capture/title.js';

/** Something that a message asks for. */
export interface Ask {
  /** `command` was given as one, `addressed` is asked of somebody by name, `heard` of nobody by name. */
  readonly how: 'command' | 'addressed' | 'heard';
  readonly title: string;
  readonly description: string;
  readonly priority: Priority;
  /** As they are written. */
  readonly paths: readonly string[];
  /** Handles of those asked, lower case. */
  readonly handles: readonly string[];
  /** Keys of the tasks that have to be done first. */
  readonly dependsOn: readonly string[];
  /** The day by which it is asked for; null when none is said, or when it can't be reckoned. */
  readonly deadline: string | null;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  /** 0 to 1; 1 for what was asked in so many words. */
  readonly confidence: number;
  /** Keys of other tasks that it speaks of; of the message before, where it adds to that and names none itself. */
  readonly about: readonly string[];
  /** It adds to what the message before asked for or told of. */
  readonly followsUp: boolean;
}

export interface Surroundings {
  /** The message before, which `it` may point at. */
  readonly context?: string | undefined;
  /** What days are reckoned from. Without it no deadline is read. */
  readonly now?: Date | undefined;
}

/** Below this a guess is kept to oneself. */
const LEAST_CONFIDENCE = 0.5;
const PATH_BONUS = 0.05;
const MAX_ASKS = 10;
const MAX_CHARS = 16_000;
/** No list is indented as far: longer runs say nothing, and several rules look at each of their places. */
const LONG_BLANK = /\s{40,}/g;

/** As much of a text as is read. */
const readable = (text: string): string =>
  text.slice(0, MAX_CHARS).replace(LONG_BLANK, (run) => (run.includes('\n') ? '\n\n' : ' '));

/**
 * What a chat message asks to have done. Pure and without memory: the same words, said at the same time after the
 * same message, give the same answer.
 */
export function parseMessage(said: string, around: Surroundings = {}): Ask[] {
  const text = readable(said)
    .replace(/[‘’]/g, "'")
    .replace(/[\u0001\ufe0f\u200d]/g, ' ')
    .replace(/(?![✅☑✔✓•‣◦])\p{Extended_Pictographic}/gu, ' . ');
  if (isSlashCommand(text)) return commandAsks(text, around);
  if (/^\s*\/[a-z]/i.test(text) && !/^\s*\/\S*\//.test(text)) return [];
  const context = readable(around.context ?? '');
  const lines = plainLines(text);
  const { heard: known, unheard, pointed } = hearLines(lines, context);
  const yes = known.length === 0 ? acceptedAsk(text, context, around) : [];
  if (yes.length > 0) return yes;
  const heard = known.length > 0 ? known : likelyIn(unheard, pointed);
  const whole = lines.map((line) => line.text).join('\n');
  const everyone = takeHandles(whole).asked;
  const named = heard.some(({ handles }) => handles.length > 0);
  return heard
    .map((one) =>
      askOf(one, { whole, context, handles: named ? [] : everyone, alone: heard.length === 1, around }),
    )
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .slice(0, MAX_ASKS);
}

interface Frame {
  readonly whole: string;
  readonly context: string;
  readonly handles: readonly string[];
  readonly alone: boolean;
  readonly around: Surroundings;
}

function askOf(heard: Heard, { whole, context, handles, alone, around }: Frame): Ask {
  const scope = alone ? whole : heard.source;
  const paths = pathsIn(scope);
  const asked = heard.handles.length > 0 ? heard.handles : handles;
  const dependsOn = dependenciesIn(scope);
  const named = keysIn(scope).filter((key) => !dependsOn.includes(key));
  const sure = Math.min(0.95, heard.confidence + (paths.length > 0 ? PATH_BONUS : 0));
  return {
    how: asked.length > 0 ? 'addressed' : 'heard',
    title: titleOf(heard.title),
    description: '',
    priority: priorityOf(heard.source) ?? heard.priority ?? (alone ? priorityOf(whole) : null) ?? 'normal',
    paths,
    handles: asked,
    dependsOn,
    about: named.length > 0 || !heard.followsUp ? named : keysIn(context),
    deadline: around.now ? (deadlineIn(heard.source, around.now) ?? deadlineIn(whole, around.now)) : null,
    capabilities: capabilitiesIn(`${heard.title} ${paths.join(' ')}`),
    languages: languagesIn(`${heard.source} ${paths.join(' ')}`),
    confidence: Math.round(sure * 100) / 100,
    followsUp: heard.followsUp,
  };
}

function acceptedAsk(text: string, context: string, around: Surroundings): Ask[] {
  if (context === '') return [];
  const yes = accepted(takeHandles(text).rest, context);
  if (yes === null) return [];
  const title = yes.detail === '' ? yes.title : `${titleOf(yes.title)} (${yes.detail})`;
  const heard = {
    title,
    source: `${context}\n${text}`,
    handles: takeHandles(text).asked,
    confidence: 0.75,
    followsUp: true,
  };
  const frame = { whole: heard.source, context, handles: [], alone: true, around };
  return [askOf({ ...heard, priority: null }, frame)];
}

function commandAsks(text: string, around: Surroundings): Ask[] {
  const command = readSlashCommand(text);
  if (!command) return [];
  const whole = `${command.title}\n${command.description}`;
  const paths = pathsIn(whole);
  const dependsOn = dependenciesIn(whole);
  return [
    {
      how: 'command',
      title: commandTitle(command.title),
      description: command.description,
      priority: command.priority ?? priorityOf(whole) ?? 'normal',
      paths,
      handles: [...new Set([...command.handles, ...takeHandles(command.title).asked])],
      dependsOn,
      about: keysIn(whole).filter((key) => !dependsOn.includes(key)),
      deadline: around.now ? deadlineIn(whole, around.now) : null,
      capabilities: capabilitiesIn(whole),
      languages: languagesIn(whole),
      confidence: 1,
      followsUp: false,
    },
  ];
}
