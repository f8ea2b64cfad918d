import type { ClusterNode, NodeKind } from './node.js';

const KIND_OF_PATH: readonly (readonly [RegExp, NodeKind])[] = [
  [/^\/socket\.io(?:[/?]|$)/, 'gateway'],
  [/^\/webhooks(?:[/?]|$)/, 'webhook-receiver'],
];

/** Which processes serve a path; everything that nobody else does is the API's. */
export const kindFor = (path: string): NodeKind =>
  KIND_OF_PATH.find(([pattern]) => pattern.test(path))?.[1] ?? 'api';

/** Takes turns among the nodes of each kind, and remembers nothing about who asked. */
export class Targets {
  private readonly turns = new Map<NodeKind, number>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly nodes: readonly ClusterNode[]) {}

  /** The nodes that run now, the one whose turn it is first. */
  inTurn(path: string): ClusterNode[] {
    const kind = kindFor(path);
    const nodes = this.nodes.filter((node) => node.kind === kind && node.url !== undefined);
    const turn = this.turns.get(kind) ?? 0;
    this.turns.set(kind, turn + 1);
    return nodes.map((_, index) => nodes[(index + turn) % nodes.length] ?? nodes[0]).filter(isNode);
  }

  count(node: ClusterNode): void {
    this.counts.set(node.name, (this.counts.get(node.name) ?? 0) + 1);
  }

  /** Requests and connections that each node took. */
  get served(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.nodes.map(({ name }) => [name, this.counts.get(name) ?? 0]));
  }
}

const isNode = (node: ClusterNode | undefined): node is ClusterNode => node !== undefined;
