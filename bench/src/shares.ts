/** A profile as V8 gives it: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples?: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas?: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** A part of the time at work, between 0 and 1. */
export interface Share {
  readonly name: string;
  readonly share: number;
}

export interface Shares {
  readonly busyMs: number;
  readonly idleMs: number;
  /** Where the processor was, by package, Node's module or V8's own work. */
  readonly byPart: readonly Share[];
  /** Functions with all that they call; they overlap. */
  readonly byFunction: readonly Share[];
}

const IDLE = '(idle)';
const LOADING = 'node:internal/modules';

/** Sums a profile up. Loading of modules is left out: it belongs to the start, not to what is measured. */
export function sharesOf(profile: CpuProfile): Shares {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  let [busy, idle] = [0, 0];
  for (const [id, micros] of timeByNode(profile)) {
    const stack = stackOf(id, nodes, parents);
    const [top] = stack;
    if (!top || stack.some(({ callFrame }) => callFrame.url.startsWith(LOADING))) continue;
    if (top.callFrame.functionName === IDLE) {
      idle += micros;
      continue;
    }
    busy += micros;
    add(parts, partOf(top), micros);
    for (const name of new Set(stack.map(functionOf))) if (name) add(functions, name, micros);
  }
  const shares = (sums: ReadonlyMap<string, number>): Share[] =>
    [...sums].map(([name, sum]) => ({ name, share: sum / busy })).sort((a, b) => b.share - a.share);
  return {
    busyMs: busy / 1_000,
    idleMs: idle / 1_000,
    byPart: shares(parts),
    byFunction: shares(functions),
  };
}

function timeByNode({ samples = [], timeDeltas = [] }: CpuProfile): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  samples.forEach((id, index) => add(times, id, timeDeltas[index] ?? 0));
  return times;
}

/** From where the processor was up to the root. */
function stackOf(
  id: number,
  nodes: ReadonlyMap<number, ProfileNode>,
  parents: ReadonlyMap<number, number>,
): ProfileNode[] {
  const stack: ProfileNode[] = [];
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const node = nodes.get(at);
    if (node) stack.push(node);
  }
  return stack;
}

/** Two parts of a path tell a lib of ours, one a package of others. */
function partOf({ callFrame: { url, functionName } }: ProfileNode): string {
  if (!url) return functionName || '(anonymous)';
  if (url.startsWith('node:')) return url;
  const foreign =
    /node_modules\/(?:\.pnpm\/[^/]+\/node_modules\/)?((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(url);
  if (foreign?.[1]) return foreign[1];
  return /((?:libs|apps|bench)\/[^/]+)\//.exec(url)?.[1] ?? url;
}

/** Ours alone, by name and place: what frameworks and Node call on the way says little. */
function functionOf({ callFrame: { url, functionName, lineNumber } }: ProfileNode): string | undefined {
  const own = /\/((?:libs|apps|bench)\/.+)$/.exec(url)?.[1];
  if (!own || own.includes('node_modules') || !functionName) return undefined;
  return `${functionName} ${own.replace('/dist/', '/')}:${String(lineNumber + 1)}`;
}

function add<K>(sums: Map<K, number>, key: K, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}
