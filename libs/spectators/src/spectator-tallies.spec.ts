import { InProcessBus } from '@clawtank/events/testing';
import { newId } from '@clawtank/kernel';
import { SpectatorFigures } from './spectator-figures.js';
import { SpectatorTallies, watchersOf } from './spectator-tallies.js';

const bus = new InProcessBus();
const nodes: SpectatorTallies[] = [];
const start = async (): Promise<SpectatorTallies> => {
  const node = new SpectatorTallies(bus);
  nodes.push(node);
  await node.onApplicationBootstrap();
  return node;
};
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};
afterAll(() => Promise.all(nodes.map((node) => node.beforeApplicationShutdown())));

describe('SpectatorTallies', () => {
  it('are summed up over processes, told to one that starts later, and end with their process', async () => {
    const room = newId();
    const [here, there] = [await start(), await start()];
    for (let index = 0; index < 3; index += 1) here.add(watchersOf(room), 1);
    there.add(watchersOf(room), 1);
    await until(() => there.total(watchersOf(room)) === 4 && here.total(watchersOf(room)) === 4);
    // As a process that only serves the directory.
    const late = await start();
    await until(() => late.total(watchersOf(room)) === 4);
    const shown = await new SpectatorFigures(late).read({} as never, [room]);
    expect(shown.get(room)).toEqual({ spectators: 4 });
    here.add(watchersOf(room), -1);
    await until(() => late.total(watchersOf(room)) === 3);
    await here.beforeApplicationShutdown();
    await until(() => late.total(watchersOf(room)) === 1);
  });

  it('tell their own process what changed, once it has settled', async () => {
    const node = await start();
    const told: string[] = [];
    node.onChange((keys) => told.push(...keys));
    for (const by of [1, 1, -1] as const) node.add('room:a', by);
    node.add('room:b', 1);
    await until(() => told.length > 0);
    expect(told).toEqual(['room:a', 'room:b']);
  });
});
