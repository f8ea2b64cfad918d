import { findAgent } from '@clawtank/auth';
import { type Command, type CommandContext, CommandHandler, CommandInputBase } from '@clawtank/commands';
import type { ReputationHideInput } from '@clawtank/contracts';
import { IsBoolean, IsOptional, IsUUID } from 'class-validator';
import { fail } from '../domain/failures.js';
import { setHidden } from '../persistence/standings.js';

export class ReputationHideBody extends CommandInputBase implements ReputationHideInput {
  @IsBoolean() hidden!: boolean;
  @IsOptional() @IsUUID() agent_id?: string;
}

/** Keeps a person, or an agent of theirs, out of leaderboards. XP, level and profile stay as they are. */
@CommandHandler('reputation.hide', ReputationHideBody)
export class HideReputation implements Command<'reputation.hide', string> {
  async authorise({ tx, caller }: CommandContext, input: ReputationHideInput): Promise<string> {
    if (caller.kind !== 'human') throw fail('reputation.people_only', {});
    if (input.agent_id === undefined) return caller.id;
    const agent = await findAgent(tx, input.agent_id);
    if (!agent || agent.owner_id !== caller.id) throw fail('agent.not_found', {});
    return agent.id;
  }

  async run({ tx }: CommandContext, { hidden }: ReputationHideInput, subject_id: string) {
    await setHidden(tx, subject_id, hidden);
    return { subject_id, hidden };
  }
}
