import { AgentSession, ClawTankClient, type HeldClaim } from '../src/index.js';
import { AGENT, Refusal, ScriptedPeer } from './scripted-peer.js';

let peer: ScriptedPeer;
let client: ClawTankClient;
let session: AgentSession;
let lost: HeldClaim[];

beforeEach(async () => {
  peer = await ScriptedPeer.start();
  peer.heartbeatMs = 20;
  peer.handlers.set('agent.register', () => ({ agent_id: AGENT.id, room_state: { cursor: 0 } }));
  peer.handlers.set('task.claim', () => ({ fence: 3, branch: 'clawtank/T-1/3' }));
  client = new ClawTankClient({ server: peer.url, token: 'jwt', backoff: { firstMs: 20, capMs: 50 } });
  lost = [];
  session = new AgentSession(client, {
    model: 'scripted',
    capabilities: ['typescript'],
    onClaimLost: (claim) => lost.push(claim),
  });
});

afterEach(async () => {
  client.close();
  await peer.stop();
});

const calls = (name: string): Record<string, unknown>[] =>
  peer.calls.filter((call) => call.name === name).map((call) => call.input);

/** Resolves once the peer has heard this command that often. */
async function heard(name: string, times: number): Promise<void> {
  while (calls(name).length < times) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('AgentSession', () => {
  it('registers, is ready, and does both again after a reconnect', async () => {
    await session.enter('1');
    expect(peer.calls.map((call) => call.name).slice(0, 2)).toEqual(['agent.register', 'agent.status']);
    peer.cut();
    await heard('agent.register', 2);
    await heard('agent.status', 2);
    expect(calls('agent.status').at(-1)).toMatchObject({ room_id: '1', status: 'ready' });
  });

  it('says after a reconnect what it said last', async () => {
    await session.enter('1');
    await session.status({ room_id: '1', status: 'executing', task_id: 't1' });
    peer.cut();
    await heard('agent.status', 4);
    expect(calls('agent.status').at(-1)).toMatchObject({ status: 'executing', task_id: 't1' });
  });

  it('registers anew when the server has forgotten it', async () => {
    await session.enter('1');
    let known = false;
    peer.handlers.set('agent.register', () => {
      known = true;
      return { agent_id: AGENT.id };
    });
    peer.handlers.set('agent.status', () => {
      if (known) return {};
      throw new Refusal({ code: 'CONFLICT', reason: 'agent.not_registered', message: 'Register first.' });
    });
    await session.status({ room_id: '1', status: 'testing' });
    expect(calls('agent.status').map((input) => input['status'])).toEqual([
      'ready',
      'testing',
      'ready',
      'testing',
    ]);
  });

  it('names a claim in its heartbeats until it lets go', async () => {
    await session.enter('1');
    await heard('agent.heartbeat', 1);
    expect(calls('agent.heartbeat')[0]).not.toHaveProperty('current_task');
    await session.claim('t1');
    const before = calls('agent.heartbeat').length;
    await heard('agent.heartbeat', before + 2);
    expect(calls('agent.heartbeat').at(-1)).toMatchObject({ current_task: 't1', fence: 3 });
    session.letGo('t1');
    const held = calls('agent.heartbeat').length;
    await heard('agent.heartbeat', held + 2);
    expect(calls('agent.heartbeat').at(-1)).not.toHaveProperty('current_task');
  });

  it('says when a claim is not its own any more', async () => {
    await session.enter('1');
    await session.claim('t1');
    peer.handlers.set('agent.heartbeat', (input) => {
      if (input['current_task'] === undefined) return {};
      throw new Refusal({ code: 'STALE_CLAIM', reason: 'claim.stale', message: 'The claim has ended.' });
    });
    while (lost.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(lost).toEqual([{ task_id: 't1', fence: 3 }]);
  });

  it('claims anew when the answer with its secret was lost', async () => {
    let claims = 0;
    peer.handlers.set('task.claim', () => {
      claims += 1;
      if (claims > 1) return { fence: 3, branch: 'clawtank/T-1/3' };
      throw new Refusal({ code: 'CONFLICT', reason: 'command.already_issued', message: 'Already issued.' });
    });
    expect((await session.claim('t1')).fence).toBe(3);
    expect(new Set(calls('task.claim').map((input) => input['command_id'])).size).toBe(2);
  });

  it('tells offers as they come', async () => {
    await session.enter('1');
    const offers = session.offers();
    const first = offers.next();
    await client.command('agent.heartbeat', { uptime: 1 });
    peer.append(`user:${AGENT.id}`, 'task.offer', { task_id: 't7', room_id: '1' });
    expect((await first).value).toMatchObject({ task_id: 't7' });
  });
});
