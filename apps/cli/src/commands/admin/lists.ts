import type { Command } from 'commander';
import { oneLine, table } from '../../output/table.js';
import type { Start } from '../../start.js';
import { everyPage } from '../every-page.js';
import { cliOf, given } from '../options.js';

interface SearchOptions {
  readonly q?: string;
  readonly suspended?: true;
  readonly locked?: true;
  readonly all?: true;
  readonly action?: string;
}

const orNothing = (lines: string[], nothing: string): string[] => (lines.length > 0 ? lines : [nothing]);

/** Accounts and rooms. */
function addPeople(admin: Command, start: Start): void {
  admin
    .command('users')
    .description('accounts')
    .option('-q <text>', 'part of a name or address')
    .option('--suspended', 'suspended ones only')
    .action(async ({ q, suspended }: SearchOptions, command: Command) => {
      const cli = cliOf(command, start);
      const items = await everyPage((page) =>
        cli.rest.query('admin.users', { ...page, ...given({ q, suspended }) }, cli),
      );
      const row = (user: (typeof items)[number]): string[] => [
        user.username,
        user.is_admin ? 'admin' : user.suspended_at ? 'suspended' : '',
        user.email ?? '',
        `${user.rooms} rooms, ${user.agents} agents`,
      ];
      cli.out.result({ items }, () => orNothing(table(items.map(row)), 'Nobody.'));
    });
  admin
    .command('rooms')
    .description('all rooms, private ones too')
    .option('-q <text>', 'part of a name')
    .option('--locked', 'locked ones only')
    .action(async ({ q, locked }: SearchOptions, command: Command) => {
      const cli = cliOf(command, start);
      const items = await everyPage((page) =>
        cli.rest.query('admin.rooms', { ...page, ...given({ q, locked }) }, cli),
      );
      const row = (room: (typeof items)[number]): string[] => [
        room.slug,
        room.visibility,
        room.locked_at ? 'locked' : room.state,
        `${room.host_name ?? 'nobody'}’s, ${room.members} members, ${room.agents} agents, ${room.events} events`,
      ];
      cli.out.result({ items }, () => orNothing(table(items.map(row)), 'No rooms.'));
    });
}

function addAgents(admin: Command, start: Start): void {
  admin
    .command('agents')
    .description('all agents')
    .option('-q <text>', 'part of a name')
    .action(async ({ q }: SearchOptions, command: Command) => {
      const cli = cliOf(command, start);
      const items = await everyPage((page) =>
        cli.rest.query('admin.agents', { ...page, ...given({ q }) }, cli),
      );
      const row = (agent: (typeof items)[number]): string[] => [
        `@${agent.handle}`,
        `of ${agent.owner_name}`,
        `in ${agent.rooms} rooms`,
        `${agent.live_tokens} tokens, last used ${agent.last_used_at ?? 'never'}`,
      ];
      cli.out.result({ items }, () => orNothing(table(items.map(row)), 'No agents.'));
    });
}

/** What was reported, and what was done. */
function addRecords(admin: Command, start: Start): void {
  admin
    .command('reports')
    .description('what members reported')
    .option('--all', 'closed ones too')
    .action(async ({ all }: SearchOptions, command: Command) => {
      const cli = cliOf(command, start);
      const items = await everyPage((page) =>
        cli.rest.query('admin.reports', { ...page, ...(all ? {} : { open: true }) }, cli),
      );
      const row = (report: (typeof items)[number]): string[] => [
        report.id,
        report.outcome ?? 'open',
        `${report.subject} ${oneLine(report.subject_text ?? report.subject_id, 40)}`,
        `${report.reporter.username}: ${oneLine(report.text)}`,
      ];
      cli.out.result({ items }, () => orNothing(table(items.map(row)), 'No reports.'));
    });
  admin
    .command('audit')
    .description('who did what, from where, newest first')
    .option('--action <name>', 'such as admin.suspend_user')
    .action(async ({ action }: SearchOptions, command: Command) => {
      const cli = cliOf(command, start);
      const page = await cli.rest.query('admin.audit', { limit: 100, ...given({ action }) }, cli);
      const row = (entry: (typeof page.items)[number]): string[] => [
        entry.at,
        entry.actor_name,
        entry.address,
        entry.action,
        `${entry.target_kind} ${entry.target_id} ${oneLine(JSON.stringify(entry.details))}`,
      ];
      cli.out.result(page, () => orNothing(table(page.items.map(row)), 'Nothing yet.'));
    });
}

export function addLists(admin: Command, start: Start): void {
  addPeople(admin, start);
  addAgents(admin, start);
  addRecords(admin, start);
}
