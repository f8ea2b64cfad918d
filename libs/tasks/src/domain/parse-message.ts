import type { Priority } from '@clawtank/contracts';
import { addresseesOf, isSmallTalk } from './capture/addressed.js';
import { isVague, judgeSentence } from './capture/judge-sentence.js';
import { takeLeadIn } from './capture/lead-in.js';
import { introAsks, judgeItem } from './capture/list-items.js';
import { pathsIn } from './capture/named-paths.js';
import { type PlainLine, plainLines } from './capture/plain-lines.js';
import { priorityOf } from './capture/priority-words.js';
import { sentencesOf } from './capture/sentences.js';
import { isSlashCommand, readSlashCommand } from './capture/slash-command.js';
import { titleOf } from './capture/title.js';

/** Something that a message asks for. */
export interface Ask {
  /** `command` and `addressed` become tasks at once, `heard` a suggestion. */
  readonly how: 'command' | 'addressed' | 'heard';
  readonly title: string;
  readonly description: string;
  readonly priority: Priority;
  readonly paths: readonly string[];
  /** Handles of the agents that it is addressed to, lower case. */
  readonly handles: readonly string[];
  /** 0 to 1; 1 for what was asked in so many words. */
  readonly confidence: number;
}

/** Below this a guess is kept to oneself. */
const LEAST_CONFIDENCE = 0.5;
const PATH_BONUS = 0.05;
const MAX_ASKS = 10;

interface Heard {
  readonly title: string;
  readonly source: string;
  readonly confidence: number;
}

/**
 * What a chat message asks to have done. Pure and without memory: the same text gives the same answer.
 * @param agents handles of the agents that can be spoken to
 */
export function parseMessage(text: string, agents: readonly string[] = []): Ask[] {
  if (isSlashCommand(text)) return commandAsks(text);
  const known = new Set(agents.map((handle) => handle.toLowerCase()));
  const lines = plainLines(text);
  const handles = addresseesOf(lines, known);
  return handles.length > 0 ? addressedAsks(lines, handles) : heardAsks(lines);
}

function commandAsks(text: string): Ask[] {
  const command = readSlashCommand(text);
  if (!command) return [];
  const whole = `${command.title}\n${command.description}`;
  return [
    {
      how: 'command',
      title: titleOf(command.title),
      description: command.description,
      priority: command.priority ?? priorityOf(whole) ?? 'normal',
      paths: pathsIn(whole),
      handles: command.handles,
      confidence: 1,
    },
  ];
}

function heardAsks(lines: readonly PlainLine[]): Ask[] {
  const whole = lines.map((line) => line.text).join('\n');
  return hear(lines)
    .filter(({ title }) => !isVague(title))
    .map((heard) => ({ ...heard, paths: pathsIn(heard.source) }))
    .map(({ title, source, confidence, paths }): Ask => {
      const sure = Math.min(0.95, confidence + (paths.length > 0 ? PATH_BONUS : 0));
      return {
        how: 'heard',
        title: titleOf(title),
        description: '',
        priority: priorityOf(source) ?? priorityOf(whole) ?? 'normal',
        paths,
        handles: [],
        confidence: Math.round(sure * 100) / 100,
      };
    })
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .slice(0, MAX_ASKS);
}

/** One task of what is said to an agent, or one of each item of a list. */
function addressedAsks(lines: readonly PlainLine[], handles: readonly string[]): Ask[] {
  const said = lines.map((line) => ({ ...line, text: takeLeadIn(line.text).rest }));
  const whole = said.map((line) => line.text).join('\n');
  const items = said.filter((line) => line.item && !line.item.done && line.text !== '');
  const heard = hear(lines);
  const titles = items.length > 1 ? items.map((item) => item.text) : [heard[0]?.title ?? pointOf(said)];
  return titles
    .filter((title) => title !== undefined)
    .slice(0, MAX_ASKS)
    .map((title) => {
      const source = items.length > 1 ? title : whole;
      const named = titleOf(judgeSentence(title)?.title ?? title);
      return {
        how: 'addressed',
        title: named,
        description: titleOf(source) === named ? '' : source,
        priority: priorityOf(source) ?? priorityOf(whole) ?? 'normal',
        paths: pathsIn(source),
        handles,
        confidence: 1,
      };
    });
}

/** Whoever speaks to an agent may do so in catchwords: the first sentence that is no small talk. */
function pointOf(lines: readonly PlainLine[]): string | undefined {
  return lines.flatMap((line) => sentencesOf(line.text)).find((sentence) => !isSmallTalk(sentence));
}

function hear(lines: readonly PlainLine[]): Heard[] {
  const heard: Heard[] = [];
  const listed = lines.some((line) => line.item);
  let intro = '';
  for (const line of lines) {
    if (line.item) {
      const judged = judgeItem(line, introAsks(intro));
      if (judged) heard.push({ ...judged, source: line.text });
      continue;
    }
    intro = line.text;
    for (const sentence of sentencesOf(line.text)) {
      // The line that opens a list is not an item of it.
      if (listed && /:\s*$/.test(sentence)) continue;
      const judged = judgeSentence(sentence);
      if (judged) heard.push({ ...judged, source: sentence });
    }
  }
  return heard;
}
