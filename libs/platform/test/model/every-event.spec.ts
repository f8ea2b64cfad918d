import type { EventType, MemberEvent, SpectatorEvent } from '@clawtank/contracts';
import { asMember, asStranger, foldedMember, foldedStranger } from './folds.js';
import { Story } from './story.js';

const LIMIT_MS = 120_000;

/**
 * Where each type of event is met; the compiler sees to it that none is left out. `own`: in streams of people and
 * agents, which have no snapshot.
 */
const MET: { readonly [K in EventType]: 'room' | 'own' } = {
  'room.created': 'room',
  'room.state_changed': 'room',
  'room.settings_changed': 'room',
  'room.member_joined': 'room',
  'room.member_left': 'room',
  'room.member_role_changed': 'room',
  'room.decision': 'room',
  'agent.joined': 'room',
  'agent.status': 'room',
  'agent.left': 'room',
  'agent.paused': 'room',
  'room.budget': 'room',
  'agent.autonomy': 'room',
  'agent.redirected': 'room',
  'agent.question': 'room',
  'agent.answered': 'room',
  'chat.message': 'room',
  'chat.edited': 'room',
  'chat.deleted': 'room',
  'chat.reaction': 'room',
  'chat.direct': 'own',
  'chat.direct_read': 'own',
  'chat.read': 'own',
  'task.suggested': 'room',
  'task.dismissed': 'room',
  'task.created': 'room',
  'task.update': 'room',
  'task.lease': 'room',
  'task.offer': 'own',
  'task.declined': 'room',
  'git.branch': 'room',
  'git.commit': 'room',
  'git.tag': 'room',
  'git.push_refused': 'room',
  'git.pull_request': 'room',
  'git.checks': 'room',
  'git.conflict': 'room',
  'reputation.xp': 'room',
  'reputation.level_up': 'room',
  'approval.requested': 'room',
  'approval.resolved': 'room',
  'system.notification': 'own',
  'system.notifications_read': 'own',
  redaction: 'room',
};

let story: Story;
let members: MemberEvent[];
let strangers: SpectatorEvent[];
beforeAll(async () => {
  story = await Story.begin();
  await story.tell();
  [members, strangers] = [await story.memberEvents(), await story.strangerEvents()];
}, LIMIT_MS);
afterAll(() => story.close());

describe('a snapshot and the events after it', () => {
  it('are tried with every type of event that a room has', () => {
    const met = new Set<string>(members.map(({ type }) => type));
    const wrong = Object.entries(MET).filter(([type, where]) => (where === 'room') !== met.has(type));
    expect(wrong).toEqual([]);
  });

  it('give a member the next snapshot, after each step', () => {
    story.moments.slice(1).forEach(({ after, member }, index) => {
      const before = story.moments[index];
      const step = story.told.members.filter(({ seq }) => seq <= member.cursor);
      expect({ after, ...(before && foldedMember(before.member, step)) }).toEqual({
        after,
        ...asMember(member),
      });
    });
  });

  it('give a stranger the next snapshot, after each step', () => {
    story.moments.slice(1).forEach(({ after, stranger }, index) => {
      const before = story.moments[index];
      const step = story.told.strangers.filter(({ seq }) => seq <= stranger.cursor);
      expect({ after, ...(before && foldedStranger(before.stranger, step)) }).toEqual({
        after,
        ...asStranger(stranger),
      });
    });
  });

  it('give the last snapshot, from whichever one on', () => {
    const last = story.moments.at(-1);
    for (const { after, member, stranger } of story.moments) {
      expect({ after, ...foldedMember(member, members) }).toEqual({
        after,
        ...(last && asMember(last.member)),
      });
      expect({ after, ...foldedStranger(stranger, strangers) }).toEqual({
        after,
        ...(last && asStranger(last.stranger)),
      });
    }
  });
});
