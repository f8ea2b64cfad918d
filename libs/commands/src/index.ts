export { actorOf } from './caller.js';
export type { Caller } from './caller.js';
export { CommandBus } from './command-bus.js';
export type { Call } from './command-bus.js';
export { CommandHandler } from './command.js';
export type {
  Command,
  CommandContext,
  CommandMeta,
  DirectCommand,
  StagedCommand,
  StagedContext,
} from './command.js';
export { forgetOldResults } from './command-results.js';
export { CommandsModule } from './commands.module.js';
export { type AwaitedCommand, Foresight } from './foresight.js';
export { CommandInputBase, Line, OptionalText, PageInputBase, Text, WholeNumber, Words } from './inputs.js';
export { commandsMigration } from './migrations.js';
export { decodeCursor, decodeNumberCursor, encodeCursor, pageSize, toPage } from './page.js';
export { QueryBus } from './query-bus.js';
export { QueryHandler } from './query.js';
export type { DirectQuery, Query, QueryContext, QueryMeta } from './query.js';
export { HandlerRegistry } from './registry.js';
export { toWireError } from './to-wire-error.js';
export { Secret } from './secret-fields.js';
export { validateInput } from './validate-input.js';
