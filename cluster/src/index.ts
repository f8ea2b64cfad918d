export { startCluster } from './cluster.js';
export type { Cluster, ClusterOptions } from './cluster.js';
export { NODE_KINDS } from './node.js';
export type { ClusterNode, NodeKind } from './node.js';
export { removeFolder, temporaryFolder } from './premises.js';
export { startPostgres } from './postgres.js';
export type { OwnPostgres } from './postgres.js';
export { startRedis } from './redis.js';
export type { OwnRedis } from './redis.js';
