export { readOptions } from './options.js';
export type { ServerOptions } from './options.js';
export { startServer } from './start-server.js';
export type { StartedServer } from './start-server.js';
