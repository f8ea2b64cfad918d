import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { removeFolder, temporaryFolder } from '@clawtank/cluster';
import { Clock } from './clock.js';
import type { Guards } from './guards.js';
import { readMain } from './git.js';
import { Ledger } from './ledger.js';
import { logged, type Logged, xpIn } from './log-figures.js';
import { overlaps } from './lease-overlap.js';
import type { SimulateCommand } from './options.js';
import type { Plan, PlannedTask } from './plan.js';
import { type RoomRemains, resultOf, type SideResult } from './result.js';
import { Reviewer } from './reviewer.js';
import { ScriptedAgent } from './scripted-agent.js';
import { startServer } from './server-process.js';
import { closeStage, openStage, type Setting, type Stage } from './world.js';

const SAMPLE_MS = 3_000;
const TELL_MS = 5_000;
const SETTLE_MS = 30_000;
const REPLAY = 1_000;
/** For setting up, winding up and reading the log, beside the time that the work itself may take. */
const AROUND_MS = 150_000;

type Tell = (line: string) => void;

/**
 * Runs one plan on a server of its own, with the guards one way.
 * @throws when it takes longer than it may, whatever it hangs on
 */
export async function runSide(
  plan: Plan,
  guards: Guards,
  limits: Pick<SimulateCommand, 'minuteMs' | 'minutes'>,
  tell: Tell,
): Promise<SideResult> {
  const late = new AbortController();
  const limitMs = limits.minutes * 60_000 + AROUND_MS;
  const tooLate = delay(limitMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(`guards ${guards.name}: not over after ${String(Math.round(limitMs / 1_000))} s`);
  });
  try {
    return await Promise.race([playSide(plan, guards, limits, tell), tooLate]);
  } finally {
    late.abort();
    tooLate.catch(() => undefined);
  }
}

async function playSide(
  plan: Plan,
  guards: Guards,
  { minuteMs, minutes }: Pick<SimulateCommand, 'minuteMs' | 'minutes'>,
  tell: Tell,
): Promise<SideResult> {
  const begun = Date.now();
  const folder = await temporaryFolder();
  const server = await startServer(join(folder, 'server'));
  try {
    const over = new AbortController();
    const clock = new Clock(minuteMs, over.signal);
    const shop = { folder: join(folder, 'clones'), server: server.url };
    await mkdir(shop.folder, { recursive: true });
    const setting: Setting = { shop, guards, clock, ledger: new Ledger() };
    const stages: Stage[] = [];
    for (const [index, room] of plan.rooms.entries())
      stages.push(await openStage(setting, room, `${guards.name}-${String(index + 1)}`));
    tell(`${String(stages.length)} rooms are ready`);
    await play(stages, over, minutes * 60_000, tell);
    const remains: RoomRemains[] = [];
    for (const stage of stages) remains.push(await readRemains(stage));
    for (const stage of stages) await closeStage(stage);
    return resultOf(remains, setting.ledger, Math.round((Date.now() - begun) / 1_000));
  } catch (error) {
    tell(server.lastWords());
    throw error;
  } finally {
    await server.stop();
    await removeFolder(folder);
  }
}

async function play(
  stages: readonly Stage[],
  over: AbortController,
  limitMs: number,
  tell: Tell,
): Promise<void> {
  const agents = stages.flatMap((stage) => stage.seats.map((seat) => new ScriptedAgent(stage, seat)));
  for (const agent of agents) await agent.enter();
  tell(`${String(agents.length)} agents are in`);
  const playing = [
    ...agents.map((agent) => agent.run()),
    ...stages.map((stage) => new Reviewer(stage).run()),
    ...stages.map((stage) => sample(stage)),
  ];
  const writing = stages.map((stage) => writeTasks(stage));
  const limit = Date.now() + limitMs;
  const telling = setInterval(() => tell(progressOf(stages)), TELL_MS);
  try {
    await Promise.race([Promise.all(playing), untilDone(stages, writing, limit)]);
  } finally {
    clearInterval(telling);
    over.abort();
  }
  tell(progressOf(stages));
  await Promise.all(playing);
}

async function untilDone(
  stages: readonly Stage[],
  writing: readonly Promise<void>[],
  limit: number,
): Promise<void> {
  const left = (): number => Math.max(1, Math.min(1_000, limit - Date.now()));
  await Promise.all(writing);
  for (const { board } of stages)
    while (Date.now() < limit && board.room.tasks.some(({ status }) => !isOver(status)))
      await board.changed(left());
}

const isOver = (status: string): boolean => status === 'complete' || status === 'cancelled';

function progressOf(stages: readonly Stage[]): string {
  const counts = new Map<string, number>();
  for (const { board } of stages)
    for (const { status } of board.room.tasks) counts.set(status, (counts.get(status) ?? 0) + 1);
  const planned = stages.reduce((sum, { plan }) => sum + plan.tasks.length, 0);
  const told = [...counts].map(([status, count]) => `${String(count)} ${status}`).join(', ');
  const memory = Math.round(process.memoryUsage().rss / 1_048_576);
  return `of ${String(planned)} planned tasks: ${told} (${String(memory)} MiB)`;
}

/** The owner writes each task when it is due. */
async function writeTasks(stage: Stage): Promise<void> {
  const { clock, plan } = stage;
  const begun = Date.now();
  for (const task of plan.tasks) {
    await clock.ms(Math.max(0, begun + task.arrives * clock.minuteMs - Date.now()));
    if (clock.stopped.aborted) return;
    await writeTask(stage, task);
  }
}

async function writeTask({ owner, id: room_id, tasks }: Stage, planned: PlannedTask): Promise<void> {
  const { title, size, priority, capabilities, languages, paths } = planned;
  const { task } = await owner.client.command('task.create', {
    room_id,
    title,
    size,
    priority,
    capabilities: [...capabilities],
    languages: [...languages],
    paths: [...paths],
  });
  tasks.set(task.id, planned);
}

async function sample({ clock, host, id, ledger, guards }: Stage): Promise<void> {
  while (!clock.stopped.aborted) {
    await clock.ms(SAMPLE_MS);
    if (clock.stopped.aborted || guards.name === 'off') continue;
    const { items } = await host.client.rest.query('leases.list', { room_id: id });
    ledger.samples += 1;
    for (const overlap of overlaps(items)) ledger.overlaps.add(`${id}: ${overlap}`);
  }
}

async function readRemains(stage: Stage): Promise<RoomRemains> {
  const { board, host, plan, seats, shop, tasks } = stage;
  const { default_branch: main, clone_url: url } = board.room.room.repository;
  // Approved work goes on being merged when time is up; only then both tell of the same moment.
  const still = await settled(stage);
  const { token } = await host.tokens.access();
  const files = await readMain(shop, { url, username: 'member', password: token }, plan.files);
  const agents = new Map(seats.map(({ id, plan: agent }) => [id, agent]));
  return { plan, main, tasks, agents, files, ...still };
}

/** The log and the totals of XP, once both say the same and stand still, or have had time enough to. */
async function settled(stage: Stage): Promise<Pick<RoomRemains, 'events' | 'xp'>> {
  const limit = Date.now() + SETTLE_MS;
  let before = -1;
  for (;;) {
    const events = await replay(stage);
    const xp = await totals(stage);
    const sums = xpIn(events);
    const differs = [...xp].some(([id, total]) => total !== (sums.get(id) ?? 0));
    if ((!differs && events.length === before) || Date.now() > limit) return { events, xp };
    before = events.length;
    await stage.board.changed(2_000);
  }
}

async function replay({ host, id }: Stage): Promise<Logged[]> {
  const events: Logged[] = [];
  let after = 0;
  for (;;) {
    const page = await host.client.rest.query('rooms.events', { room_id: id, after, limit: REPLAY });
    for (const event of page.events) events.push(logged(event as Parameters<typeof logged>[0]));
    if (page.to <= after || page.events.length === 0) return events;
    after = page.to;
  }
}

async function totals({ seats, host }: Stage): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const { id, handle } of seats)
    found.set(id, (await host.client.rest.query('agents.profile', { handle })).xp);
  return found;
}
