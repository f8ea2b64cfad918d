import type { RoomSnapshot } from '@clawtank/contracts';
import { readSlash } from './slash';
import { offersFor, typingAt } from './typeahead';

const FACTS = Object.assign<object, object>(
  {},
  {
    tasks: [{ id: 't12', key: 'T-12', title: 'Add --severity', status: 'open' }],
    agents: [{ agent: { id: 'pincer', name: 'Pincer', handle: 'pincer', owner_name: 'Mira Okafor' } }],
    members: [{ user: { id: 'jonas', username: 'jonas', display_name: 'Jonas Lindqvist' }, role: 'member' }],
    pull_requests: [
      { number: 7, state: 'merged' },
      { number: 8, state: 'open' },
    ],
  },
) as RoomSnapshot;

describe('a line that begins with a slash', () => {
  it.each([
    ['hello', { do: 'say' }],
    ['/task Fix it', { do: 'say' }],
    ['/shrug', { do: 'say' }],
    ['/assign T-12 @pincer', { do: 'assign', taskId: 't12', assigneeId: 'pincer' }],
    ['/assign t-12 jonas', { do: 'assign', taskId: 't12', assigneeId: 'jonas' }],
    ['/approve #8', { do: 'approve', number: 8 }],
    ['/merge', { do: 'merge', number: 8 }],
    ['/pause', { do: 'hold', hold: true }],
    ['/resume', { do: 'hold', hold: false }],
    ['/pause @Pincer', { do: 'pause', agentId: 'pincer' }],
    ['/decide Medium stays the default', { do: 'decide', text: 'Medium stays the default' }],
  ])('%s', (line, wish) => {
    expect(readSlash(line, FACTS)).toEqual(wish);
  });

  it.each([
    ['/assign', /Which task/],
    ['/assign T-99 @pincer', /no task T-99/],
    ['/assign T-12 @nobody', /Nobody here/],
    ['/merge #7', /no open pull request #7/],
    ['/pause @nobody', /No agent/],
    ['/decide', /Say what/],
  ])('%s says what is missing', (line, why) => {
    expect(readSlash(line, FACTS)).toEqual({ do: 'nothing', why: expect.stringMatching(why) });
  });
});

describe('what is offered while one types', () => {
  const offered = (text: string) => {
    const typing = typingAt(text, text.length);
    return typing ? offersFor(typing, FACTS).map(({ insert }) => insert) : [];
  };

  it.each([
    ['/as', ['/assign ', '/task ']],
    ['I ask @pi', ['@pincer ']],
    ['@Jonas', ['@jonas ']],
    ['see T-1', ['T-12 ']],
    ['mail me at a@b', []],
    ['a /task', []],
    ['nothing', []],
  ])('%s', (text, inserts) => {
    expect(offered(text)).toEqual(inserts);
  });
});
