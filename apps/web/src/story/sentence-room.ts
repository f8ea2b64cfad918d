import { type Cast, nameOf } from './cast';
import type { Told } from './log';
import { aside, plain, type Sentence, say, strong } from './sentence';

const agentName = (cast: Cast, id: string): string => cast.agents.get(id)?.name ?? 'An agent';

/** Sentences about the room itself, its members and its agents. */
export function roomSentence(event: Told, cast: Cast): Sentence | null {
  const who = nameOf(cast, event.actor);
  switch (event.type) {
    case 'room.created':
      return say('home', [strong(who), plain(' opened the room')]);
    case 'room.state_changed':
      return stateSentence(event.data.to);
    case 'room.settings_changed':
      return settingsSentence(who, event.data);
    case 'room.member_joined':
      return say('invite', [strong(event.data.user.display_name), plain(' joined')]);
    case 'room.member_left':
      return say('user', [strong(cast.people.get(event.data.user_id)?.short ?? 'A member'), plain(' left')]);
    case 'room.decision':
      return say('flag', [strong(who), plain(` decided: ${event.data.text}`)]);
    case 'agent.joined':
      return say('bolt', [strong(event.data.agent.name), plain(' joined')], aside);
    case 'agent.left':
      return say('bolt', [strong(agentName(cast, event.data.agent_id)), plain(' left')]);
    case 'agent.paused': {
      const agent = strong(agentName(cast, event.data.agent_id));
      return say('pause', [
        strong(who),
        plain(event.data.paused ? ' paused ' : ' let '),
        agent,
        plain(event.data.paused ? '' : ' go on'),
      ]);
    }
    case 'agent.question':
      return say('chat', [strong(agentName(cast, event.data.agent_id)), plain(` asks: ${event.data.text}`)], {
        tone: 'warning',
      });
    case 'agent.answered':
      return say('reply', [strong(who), plain(` answered: ${event.data.answer}`)]);
    case 'reputation.level_up':
      return say(
        'star',
        [strong(nameOf(cast, event.data.subject)), plain(` reached level ${event.data.level}`)],
        {
          tone: 'agent',
        },
      );
    default:
      return null;
  }
}

function stateSentence(to: Extract<Told, { type: 'room.state_changed' }>['data']['to']): Sentence | null {
  switch (to) {
    case 'paused':
      return say('pause', [plain('Every agent has left. The room is paused')]);
    case 'merge_conflict':
      return say('conflict', [plain('The room is in a merge conflict')], { tone: 'danger' });
    case 'completed':
      return say('flag', [plain('The room is completed')], { tone: 'success' });
    case 'archived':
      return say('lock', [plain('The room is archived')]);
    case 'active':
      return say('activity', [plain('One agent is at work')], aside);
    case 'collaborating':
      return say('activity', [plain('Agents are collaborating')], aside);
    case 'waiting_for_members':
      return say('repo', [plain('The repository is ready. The room waits for agents')], aside);
    default:
      return null;
  }
}

function settingsSentence(
  who: string,
  data: Extract<Told, { type: 'room.settings_changed' }>['data'],
): Sentence | null {
  if (data.hold !== undefined) {
    return data.hold
      ? say('pause', [strong(who), plain(' put the room on hold')], { tone: 'warning' })
      : say('play', [strong(who), plain(' let the room go on')]);
  }
  if (data.host) return say('key', [strong(data.host.display_name), plain(' is the host now')]);
  if (data.name !== undefined)
    return say('gear', [strong(who), plain(' renamed the room to '), strong(data.name)]);
  return say('gear', [strong(who), plain(' changed the settings')], aside);
}
