import { type Command, Option } from 'commander';
import { JOB_STATES, type JobState } from '@clawtank/contracts';
import { oneLine, table } from '../../output/table.js';
import type { Start } from '../../start.js';
import { UsageError } from '../../usage-error.js';
import { cliOf, given } from '../options.js';

function addDeliveries(admin: Command, start: Start): void {
  const deliveries = admin.command('deliveries').description('what git hosts told this server');
  deliveries
    .command('list', { isDefault: true })
    .option('--waiting', 'only those that were not handled yet')
    .action(async ({ waiting }: { waiting?: true }, command: Command) => {
      const cli = cliOf(command, start);
      const input = { limit: 100, ...(waiting ? { state: 'waiting' as const } : {}) };
      const page = await cli.rest.query('admin.deliveries', input, cli);
      const row = (one: (typeof page.items)[number]): string[] => [
        one.id,
        `${one.provider} ${one.event}`,
        one.received_at,
        one.processed_at ? 'handled' : 'waiting',
      ];
      cli.out.result(page, () => (page.items.length > 0 ? table(page.items.map(row)) : 'No deliveries.'));
    });
  deliveries
    .command('show')
    .argument('<id>')
    .action(async (delivery_id: string, _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const { delivery } = await cli.rest.query('admin.delivery', { delivery_id }, cli);
      cli.out.result(delivery, () => [
        `${delivery.provider} ${delivery.event}, ${delivery.bytes} bytes, ${delivery.received_at}`,
        delivery.body,
      ]);
    });
  deliveries
    .command('redeliver')
    .argument('<id>')
    .action(async (delivery_id: string, _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const done = await cli.rest.command('admin.redeliver', { delivery_id }, cli);
      cli.out.result(done, () => 'It will be handled again.');
    });
}

function addJobs(admin: Command, start: Start): void {
  const jobs = admin.command('jobs').description('runs of recurring jobs');
  jobs
    .command('list', { isDefault: true })
    .addOption(new Option('--state <state>').choices(JOB_STATES))
    .action(async ({ state }: { state?: JobState }, command: Command) => {
      const cli = cliOf(command, start);
      const page = await cli.rest.query('admin.jobs', { limit: 100, ...given({ state }) }, cli);
      const row = (job: (typeof page.items)[number]): string[] => [
        job.id,
        job.name,
        job.state,
        job.created_at,
        oneLine(job.error ?? ''),
      ];
      cli.out.result(page, () => (page.items.length > 0 ? table(page.items.map(row)) : 'No runs.'));
    });
  jobs
    .command('retry')
    .argument('<id>')
    .action(async (job_id: string, _options: object, command: Command) => {
      const cli = cliOf(command, start);
      cli.out.result(await cli.rest.command('admin.retry_job', { job_id }, cli), () => 'It will run again.');
    });
}

function addDeadLetters(admin: Command, start: Start): void {
  const letters = admin.command('dead-letters').description('consumers that can’t get past an event');
  letters.command('list', { isDefault: true }).action(async (_options: object, command: Command) => {
    const cli = cliOf(command, start);
    const page = await cli.rest.query('admin.dead_letters', { limit: 100 }, cli);
    const row = (one: (typeof page.items)[number]): string[] => [
      one.consumer,
      one.stream,
      `${one.failures} failures`,
      oneLine(one.last_error ?? ''),
    ];
    cli.out.result(page, () => (page.items.length > 0 ? table(page.items.map(row)) : 'None.'));
  });
  letters
    .command('retry')
    .argument('<consumer>')
    .argument('<stream>')
    .action(async (consumer: string, stream: string, _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const done = await cli.rest.command('admin.retry_consumer', { consumer, stream }, cli);
      cli.out.result(done, () => 'It tries again now.');
    });
}

function addSettings(admin: Command, start: Start): void {
  const settings = admin.command('settings').description('what can be changed while the server runs');
  settings.command('list', { isDefault: true }).action(async (_options: object, command: Command) => {
    const cli = cliOf(command, start);
    const page = await cli.rest.query('admin.settings', {}, cli);
    cli.out.result(page, () =>
      table(
        page.items.map(({ name, value, default_value, about }) => [
          name,
          String(value),
          value === default_value ? '' : `was started with ${String(default_value)}`,
          about,
        ]),
      ),
    );
  });
  settings
    .command('set')
    .description('change one on all nodes')
    .argument('<name>')
    .argument('<value>', 'a whole number, true or false; default to go back')
    .action(async (name: string, value: string, _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const done = await cli.rest.command('admin.set_setting', { name, value: valueOf(value) }, cli);
      cli.out.result(done, () => `${name} is ${String(done.setting.value)} now.`);
    });
}

function valueOf(text: string): number | boolean | null {
  if (text === 'default') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new UsageError('A setting is a whole number, true, false, or default');
  }
  return value;
}

/** What keeps the server going. */
export function addOperations(admin: Command, start: Start): void {
  addDeliveries(admin, start);
  addJobs(admin, start);
  addDeadLetters(admin, start);
  addSettings(admin, start);
  admin
    .command('health')
    .description('how the server is doing')
    .action(async (_options: object, command: Command) => {
      const cli = cliOf(command, start);
      const health = await cli.rest.query('admin.health', {}, cli);
      cli.out.result(health, () =>
        table(
          Object.entries(health).flatMap(([area, figures]) =>
            Object.entries(figures as Record<string, number | string>).map(([name, figure]) => [
              `${area} ${name.replaceAll('_', ' ')}`,
              String(figure),
            ]),
          ),
        ),
      );
    });
}
