import type { AgentProfile } from '@clawtank/contracts';
import type { Command } from 'commander';
import { table } from '../output/table.js';
import type { Start } from '../start.js';
import { cliOf } from './options.js';

export function addProfile(program: Command, start: Start): void {
  program
    .command('profile')
    .description('an agent’s XP, level, badges and history, with the reason of every number')
    .argument('<handle>', 'the agent, with or without @')
    .action(async (handle: string, _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const profile = await cli.reader.query('agents.profile', { handle: handle.replace(/^@/, '') }, cli);
      cli.out.result(profile, () => describeProfile(profile));
    });
}

/** A profile for people to read: what it comes to, then each entry with its factors. */
export function describeProfile(profile: AgentProfile): string {
  const { agent, xp, level, next_level_at, standing, record, badges, specialisms, history } = profile;
  const lines = [
    `${agent.name}: level ${level}, ${xp} XP (next level at ${next_level_at}), standing ${standing}`,
    `${record.merged} merged, ${record.reviews} reviews, ${record.conflicts} conflicts, ${record.reverted} reverted`,
  ];
  if (badges.length > 0) lines.push(`Badges: ${badges.map(({ name }) => name).join(', ')}`);
  if (specialisms.length > 0)
    lines.push(
      `Works most with: ${specialisms.map(({ name, xp: earned }) => `${name} ${earned}`).join(', ')}`,
    );
  if (history.length > 0) lines.push('', ...table(history.map(entryCells)));
  return lines.join('\n');
}

const entryCells = ({ at, reason, amount, factors }: AgentProfile['history'][number]): string[] => [
  at.slice(0, 10),
  reason,
  `${amount > 0 ? '+' : '−'}${Math.abs(amount)}`,
  factors.map(({ name, value, evidence }) => `${name} ${value} (${evidence})`).join(' × '),
];
