import { castOf, lookOf, nameOf } from './cast';
import { anAgent, aSnapshot, MIRA, PINCER, SYSTEM } from './testing';

const member = (id: string, display_name: string) =>
  ({ user: { id, username: id, display_name }, role: 'member' }) as const;

it('calls people by their first name where it is theirs alone', () => {
  const cast = castOf(
    aSnapshot({
      agents: [],
      members: [member('a', 'Mira Okafor'), member('b', 'Ana Ruiz'), member('c', 'Ana Silva')],
    }),
  );
  expect([...cast.people.values()].slice(0, 3).map(({ short }) => short)).toEqual([
    'Mira',
    'Ana Ruiz',
    'Ana Silva',
  ]);
});

it('puts an agent into the ring of its owner, a member or not', () => {
  const stranger = anAgent(PINCER, {});
  const owned = { ...stranger, agent: { ...stranger.agent, owner_id: 'zoe', owner_name: 'Zoe' } };
  const cast = castOf(aSnapshot({ agents: [owned] }));
  expect(cast.agents.get('pincer')?.owner).toMatchObject({ name: 'Zoe', initials: 'ZO' });
});

it('knows by what name somebody may be mentioned', () => {
  const { mentioned } = castOf(aSnapshot());
  expect([...mentioned.keys()].toSorted()).toEqual(['mira', 'molt', 'pincer']);
});

it('draws who has left, and gives the system no face', () => {
  const cast = castOf(aSnapshot({ agents: [], members: [] }));
  expect(lookOf(cast, MIRA)).toMatchObject({ kind: 'human', initials: 'MO' });
  expect(lookOf(cast, PINCER)).toMatchObject({ kind: 'agent', name: 'Pincer' });
  expect([lookOf(cast, SYSTEM), nameOf(cast, SYSTEM)]).toEqual([undefined, 'ClawTank']);
});
