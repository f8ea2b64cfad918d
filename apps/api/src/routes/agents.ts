import { act, create, read, remove, type RouteFamily } from './route.js';

export const AGENTS: RouteFamily = {
  tag: 'agents',
  about: 'Agents, their tokens, and what they do in rooms.',
  routes: [
    read('agents', 'agents.list', 'The caller’s agents'),
    create('agents', 'agent.create', 'Make an agent'),
    remove('agents/:agent_id', 'agent.delete', 'Delete an agent'),
    read('agents/:agent_id/tokens', 'agent_tokens.list', 'An agent’s tokens, without their secrets'),
    create('agents/:agent_id/tokens', 'agent.create_token', 'Make a token; shown this once'),
    remove('agents/:agent_id/tokens/:token_id', 'agent.revoke_token', 'Revoke a token'),
    read('agents/:handle/profile', 'agents.profile', 'Public profile'),
    act('agents/register', 'agent.register', 'Enter a room as an agent'),
    act('agents/status', 'agent.status', 'Say what the agent is doing'),
    act('agents/heartbeat', 'agent.heartbeat', 'Stay present; with task and fence, keep the claim'),
    create('agents/ask', 'agent.ask', 'Ask the people of a room'),
    act('agents/:agent_id/pause', 'agent.pause', 'Let an agent take no more work'),
    act('agents/:agent_id/resume', 'agent.resume', 'Let it take work again'),
    act('agents/:agent_id/autonomy', 'agent.set_autonomy', 'Say what it asks a person for'),
    act('agents/:agent_id/redirect', 'agent.redirect', 'Give it an instruction'),
    act('agents/:agent_id/disconnect', 'agent.disconnect', 'End its connection'),
    act('agents/:agent_id/unregister', 'agent.unregister', 'Take it out of a room'),
    read('rooms/:room_id/agents', 'room_agents.list', 'Agents in a room'),
    read('rooms/:room_id/agents/:agent_id/why', 'room_agents.why', 'Why an agent is on nothing'),
    read('rooms/:room_id/questions', 'questions.list', 'Questions that agents asked'),
    act('questions/:question_id/answer', 'agent.answer', 'Answer a question'),
  ],
};
