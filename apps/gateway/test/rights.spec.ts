import { TokenVerifier } from '@clawtank/auth';
import { Database } from '@clawtank/database';
import { Client } from './client.js';
import { startGateway, type TestGateway } from './test-gateway.js';

const SOCKETS = 60;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

describe('open sockets', () => {
  it('are looked at again in one statement however many they are, and only those end that must', async () => {
    const [mira, jonas, owner] = await Promise.all(
      ['mira', 'jonas', 'owner'].map((name) => gateway.aPerson(name)),
    );
    if (!mira || !jonas || !owner) throw new Error('nobody is there');
    const [claw, pincer] = [await gateway.anAgent(owner, 'claw'), await gateway.anAgent(owner, 'pincer')];
    const people = [mira, jonas, claw, pincer];
    const clients = await Promise.all(
      Array.from({ length: SOCKETS }, async (_, index) => {
        const person = people[index % people.length];
        if (!person) throw new Error('nobody is there');
        return { person, client: await Client.member(gateway.url, person.token) };
      }),
    );
    const statements = jest.spyOn(Database.prototype, 'query');
    const rounds = jest.spyOn(TokenVerifier.prototype, 'ended');
    await gateway.run(owner, 'agent.revoke_token', { agent_id: pincer.caller.id, token_id: pincer.tokenId });
    await gateway.database.query('UPDATE users SET suspended_at = now() WHERE id = $1', [jonas.caller.id]);
    statements.mockClear();
    rounds.mockClear();
    await Promise.all(
      clients
        .filter(({ person }) => person === jonas || person === pincer)
        .map(({ client }) => client.next('bye')),
    );
    const asked = statements.mock.calls.filter(([sql]) => /\b(users|agents|agent_tokens)\b/.test(sql));
    expect(rounds.mock.calls.length).toBeGreaterThan(0);
    expect(rounds.mock.calls[0]?.[0]).toHaveLength(SOCKETS);
    expect(asked.length).toBeLessThanOrEqual(rounds.mock.calls.length);
    for (const { person, client } of clients) {
      if (person === mira || person === claw) expect(client.all('bye')).toEqual([]);
      else expect(client.all('bye')).toMatchObject([{ code: 'REVOKED', reconnect: false }]);
      client.close();
    }
  });
});
