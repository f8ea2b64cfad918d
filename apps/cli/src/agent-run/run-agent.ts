import { join } from 'node:path';
import { AgentSession, ClawTankClient } from '@clawtank/agent-sdk';
import type { Cli } from '../cli.js';
import { dataHome } from '../session/config-folder.js';
import { serverFolder } from '../session/server-url.js';
import { agentIdentity, type AgentIdentity, type AgentWish } from './agent-identity.js';
import { AgentRunner, type RunnerParts } from './agent-runner.js';
import { LiveRoom } from './live-room.js';
import { Offers } from './offers.js';
import { type RunEvent, runLine } from './run-events.js';
import { Workspace } from './workspace.js';

const GOODBYE_MS = 5_000;

export interface RunOptions {
  readonly wish: AgentWish;
  readonly room: string;
  readonly command: readonly string[];
  readonly maxTasks: number;
  readonly timeoutMs: number;
  readonly workDir: string | undefined;
  readonly until: RunnerParts['until'];
  readonly tokenFromEnv: boolean;
  /** Give unfinished claims back at the end instead of keeping them for the next run. */
  readonly release: boolean;
  /** Don't show what the command prints. */
  readonly quiet: boolean;
}

/**
 * Runs an agent in a room until it is told to stop, or is done.
 * @returns how many tasks were handed in and given up
 */
export async function runAgent(cli: Cli, options: RunOptions) {
  const identity = await agentIdentity(cli, options.wish, options.tokenFromEnv);
  const client = new ClawTankClient({ server: cli.server, token: { agentToken: identity.token } });
  // Ctrl-C ends the work first; the connection is needed to say goodbye.
  const leaving = new AbortController();
  try {
    return await workIn(cli, options, identity, client, leaving.signal);
  } finally {
    leaving.abort();
    client.close();
  }
}

async function workIn(
  cli: Cli,
  options: RunOptions,
  { agent }: AgentIdentity,
  client: ClawTankClient,
  signal: AbortSignal,
) {
  const session = new AgentSession(client, sessionOptions(options));
  const { room } = await client.rest.query('rooms.get', { room_id: options.room }, { signal: cli.signal });
  await session.enter(room.id);
  const live = new LiveRoom(await client.room(room.id).join({ signal }));
  const offers = new Offers(room.id, agent.id);
  const runner = new AgentRunner(runnerParts(cli, options, { agent, session, live, offers }));
  const { tell } = runner.parts;
  tell({ type: 'ready', room: room.slug, agent: agent.name });
  try {
    await untilOver(cli, client, runner, [
      live.follow((events) => runner.look(events)),
      followOffers(client, offers, live.now.epoch, signal, () => runner.look()),
    ]);
  } finally {
    const { unfinished } = runner;
    await runner.stop();
    await goodbye(session, room.id, agent.id, options.release ? unfinished : []);
    session.close();
    tell({ type: 'stopped', ...runner.summary });
  }
  return runner.summary;
}

function runnerParts(
  cli: Cli,
  { command, timeoutMs, maxTasks, until, quiet, workDir }: RunOptions,
  own: Pick<RunnerParts, 'agent' | 'session' | 'live' | 'offers'>,
): RunnerParts {
  const { id, slug, name, repository } = own.live.now.room;
  const base = workDir ?? join(dataHome(cli.env), 'work', serverFolder(cli.server), own.agent.handle);
  return {
    ...own,
    rest: own.session.client.rest,
    workspace: new Workspace({ folder: join(base, slug), server: cli.server }),
    server: cli.server,
    room: { id, slug, name, defaultBranch: repository.default_branch },
    env: cli.env,
    tell: teller(cli, quiet),
    ...{ command, timeoutMs, maxTasks, until },
  };
}

/** Until Ctrl-C, until the runner is done, or until the server will not have the agent any more. */
async function untilOver(
  cli: Cli,
  client: ClawTankClient,
  runner: AgentRunner,
  readers: readonly Promise<void>[],
): Promise<void> {
  const aborted = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  runner.look();
  const reading = Promise.all(readers).then(() => undefined);
  // After the end the streams are closed under their readers.
  reading.catch(() => {});
  await Promise.race([aborted(cli.signal), aborted(runner.over), aborted(client.closed), reading]);
  if (client.closed.aborted) throw client.closed.reason;
  // An abort without a reason of ours is the plain end.
  const { reason } = runner.over as { reason: unknown };
  if (reason instanceof Error && reason.name !== 'AbortError') throw reason;
}

/** Offers from the first on: one that was made while nobody listened still stands. */
async function followOffers(
  client: ClawTankClient,
  offers: Offers,
  epoch: string,
  signal: AbortSignal,
  changed: () => void,
): Promise<void> {
  const me = await client.me({ after: { seq: 0, epoch }, signal });
  for await (const frame of me.frames({ onResync: () => {} })) {
    for (const event of frame.events) offers.note(event);
    changed();
  }
}

/** Leaves in order, if the server can be reached. */
async function goodbye(
  session: AgentSession,
  roomId: string,
  agentId: string,
  claims: readonly { readonly task_id: string; readonly fence: number }[],
): Promise<void> {
  const limits = { timeoutMs: GOODBYE_MS };
  const { client } = session;
  const note = 'The agent was stopped by its owner.';
  await Promise.allSettled(claims.map((claim) => client.command('task.release', { ...claim, note }, limits)));
  await client.command('agent.disconnect', { room_id: roomId, agent_id: agentId }, limits).catch(() => {});
}

const sessionOptions = ({ wish, maxTasks }: RunOptions) => ({
  model: wish.model,
  capabilities: wish.capabilities,
  languages: wish.languages,
  maxConcurrentTasks: maxTasks,
});

/** Each event as a line, or as JSON. */
const teller =
  (cli: Cli, quiet: boolean) =>
  (event: RunEvent): void => {
    if (event.type === 'output' && quiet) return;
    cli.out.result(event, () => runLine(event));
  };
