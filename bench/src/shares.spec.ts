import { type CpuProfile, sharesOf } from './shares.js';

const frame = (
  functionName: string,
  url = '',
  lineNumber = 0,
): { functionName: string; url: string; lineNumber: number } => ({
  functionName,
  url,
  lineNumber,
});

const PROFILE: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3, 6, 7] },
    { id: 2, callFrame: frame('(idle)') },
    { id: 3, callFrame: frame('run', 'file:///here/libs/commands/dist/bus.js', 9), children: [4, 5] },
    { id: 4, callFrame: frame('run', 'file:///here/libs/commands/dist/bus.js', 9), children: [8] },
    { id: 5, callFrame: frame('writev') },
    { id: 6, callFrame: frame('load', 'node:internal/modules/cjs/loader', 1), children: [9] },
    { id: 7, callFrame: frame('emit', 'node:events', 1) },
    {
      id: 8,
      callFrame: frame('query', 'file:///here/node_modules/.pnpm/pg@8.0.0/node_modules/pg/lib/client.js', 1),
    },
    { id: 9, callFrame: frame('run', 'file:///here/libs/commands/dist/bus.js', 9) },
  ],
  samples: [2, 3, 4, 8, 5, 6, 9, 7],
  timeDeltas: [5_000, 1_000, 1_000, 4_000, 2_000, 9_000, 9_000, 2_000],
};

describe('the shares of a profile', () => {
  const shares = sharesOf(PROFILE);

  it('leave out what is idle and the loading of modules', () => {
    expect(shares).toMatchObject({ busyMs: 10, idleMs: 5 });
  });

  it('tell packages, Node’s modules and V8’s own work apart', () => {
    expect(shares.byPart).toEqual([
      { name: 'pg', share: 0.4 },
      { name: 'libs/commands', share: 0.2 },
      { name: 'writev', share: 0.2 },
      { name: 'node:events', share: 0.2 },
    ]);
  });

  it('count a function of ours with what it calls, once however deep it calls itself', () => {
    expect(shares.byFunction).toEqual([{ name: 'run libs/commands/bus.js:10', share: 0.8 }]);
  });
});
