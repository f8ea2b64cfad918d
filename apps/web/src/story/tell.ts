import type { Cast } from './cast';
import type { Told } from './log';
import type { Sentence } from './sentence';
import { gitSentence, type LineCount } from './sentence-git';
import { roomSentence } from './sentence-room';
import { taskSentence } from './sentence-task';

/**
 * An event as a sentence that a stranger understands; nothing for events that show elsewhere (messages, XP,
 * presence) or not at all.
 * @param lines what a pull request's branch adds and removes, where the log holds all its commits
 */
export function sentenceOf(event: Told, cast: Cast, lines: LineCount): Sentence | null {
  switch (event.type) {
    case 'task.suggested':
    case 'task.created':
    case 'task.update':
    case 'task.lease':
      return taskSentence(event, cast);
    case 'git.branch':
    case 'git.commit':
    case 'git.tag':
    case 'git.pull_request':
    case 'git.checks':
    case 'git.conflict':
      return gitSentence(event, cast, lines);
    default:
      return roomSentence(event, cast);
  }
}
