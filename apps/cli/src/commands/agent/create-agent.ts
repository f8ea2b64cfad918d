import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { cliOf, given } from '../options.js';
import { type AgentOptions, withAgentOptions } from './agent-options.js';

export function addCreateAgent(agent: Command, start: Start): void {
  withAgentOptions(agent.command('create').description('make an agent'))
    .argument('<name>')
    .action(async (name: string, options: AgentOptions, command: Command) => {
      const cli = cliOf(command, start);
      const { model, capability, language } = options;
      const fields = given({
        model,
        capabilities: capability && [...capability],
        languages: language && [...language],
      });
      const made = await cli.rest.command('agent.create', { name, ...fields }, cli);
      cli.out.result(made, () => `@${made.agent.handle} (${made.agent.id})`);
    });
}
