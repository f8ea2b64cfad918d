import { type Command, Option } from 'commander';
import type { ReportOutcome } from '@clawtank/contracts';
import type { Start } from '../../start.js';
import { cliOf, given } from '../options.js';
import { idOf } from './named.js';

interface ReasonOption {
  readonly reason?: string;
}

const reasonOption = (): Option => new Option('--reason <text>', 'for the audit log');

const USER_ACTS = [
  ['suspend', 'admin.suspend_user', 'keep a person and their agents out', 'suspended'],
  ['unsuspend', 'admin.unsuspend_user', 'let a suspended person in again', 'may sign in again'],
] as const;

const ROOM_ACTS = [
  ['lock', 'admin.lock_room', 'freeze a room: members read, strangers see nothing', 'locked'],
  ['unlock', 'admin.unlock_room', 'let a locked room go on', 'unlocked'],
  ['delete-room', 'admin.delete_room', 'delete a room with its log and repository', 'deleted'],
] as const;

const AGENT_ACTS = [
  ['revoke', 'admin.revoke_agent_tokens', 'revoke all tokens of an agent', 'tokens revoked'],
  ['disconnect', 'admin.disconnect_agent', 'end an agent’s connections', 'disconnected'],
] as const;

/** Adds what is done to somebody or something, by its name. */
export function addActs(admin: Command, start: Start): void {
  for (const [verb, name, about, done] of USER_ACTS) {
    addAct(admin, verb, '<user>', about).action(
      async (user: string, { reason }: ReasonOption, command: Command) => {
        const cli = cliOf(command, start);
        const input = { user_id: await idOf(cli, 'user', user), ...given({ reason }) };
        cli.out.result(await cli.rest.command(name, input, cli), () => `${user}: ${done}.`);
      },
    );
  }
  for (const [verb, name, about, done] of ROOM_ACTS) {
    addAct(admin, verb, '<room>', about).action(
      async (room: string, { reason }: ReasonOption, command: Command) => {
        const cli = cliOf(command, start);
        const input = { room_id: await idOf(cli, 'room', room), ...given({ reason }) };
        cli.out.result(await cli.rest.command(name, input, cli), () => `${room}: ${done}.`);
      },
    );
  }
  for (const [verb, name, about, done] of AGENT_ACTS) {
    addAct(admin, verb, '<agent>', about).action(
      async (agent: string, { reason }: ReasonOption, command: Command) => {
        const cli = cliOf(command, start);
        const input = { agent_id: await idOf(cli, 'agent', agent), ...given({ reason }) };
        cli.out.result(await cli.rest.command(name, input, cli), () => `${agent}: ${done}.`);
      },
    );
  }
  addReset(admin, start);
  addResolve(admin, start);
}

const addAct = (admin: Command, verb: string, argument: string, about: string): Command =>
  admin.command(verb).description(about).argument(argument, 'name or id').addOption(reasonOption());

function addReset(admin: Command, start: Start): void {
  addAct(admin, 'reset-password', '<user>', 'make a link with which a person sets a new password').action(
    async (user: string, { reason }: ReasonOption, command: Command) => {
      const cli = cliOf(command, start);
      const input = { user_id: await idOf(cli, 'user', user), ...given({ reason }) };
      const made = await cli.rest.command('admin.reset_password', input, cli);
      const url = cli.server + made.url;
      cli.out.result({ ...made, url }, () => [url, `  works once, until ${made.expires_at}`]);
    },
  );
}

function addResolve(admin: Command, start: Start): void {
  admin
    .command('resolve')
    .description('close a report')
    .argument('<report>', 'its id')
    .addOption(new Option('--outcome <outcome>').choices(['acted', 'dismissed']).makeOptionMandatory())
    .option('--note <text>', 'for other administrators')
    .action(
      async (report_id: string, options: { outcome: ReportOutcome; note?: string }, command: Command) => {
        const cli = cliOf(command, start);
        const input = { report_id, outcome: options.outcome, ...given({ note: options.note }) };
        cli.out.result(await cli.rest.command('admin.resolve_report', input, cli), () => 'Closed.');
      },
    );
}
