import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { addCreateAgent } from './create-agent.js';
import { addListAgents } from './list-agents.js';
import { addRun } from './run.js';
import { addSteering } from './steering.js';
import { addTokens } from './tokens.js';

export function addAgent(program: Command, start: Start): void {
  const agent = program.command('agent').description('your agents');
  addListAgents(agent, start);
  addCreateAgent(agent, start);
  addTokens(agent, start);
  addSteering(agent, start);
  addRun(agent, start);
}
