import { SetMetadata, applyDecorators, Injectable } from '@nestjs/common';
import type { CommandInputOf, CommandName, CommandReplyOf } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import type { Caller } from './caller.js';

export interface CommandContext {
  readonly caller: Caller;
  readonly requestId: string;
  /** The one transaction of the command: its state, its events and the kept result commit together. */
  readonly tx: LogTx;
}

/** The context of a command that also acts outside the database (git, a network). */
export interface StagedContext {
  readonly caller: Caller;
  readonly requestId: string;
  /** The caller's `command_id`, or a fresh id: intents made from it are found again by a retry. */
  readonly intentId: string;
  /** A transaction of its own, committed when it returns. */
  transaction<T>(work: (tx: LogTx) => Promise<T>): Promise<T>;
  /** The last transaction: what it returns is the command's reply and is kept with its `command_id`. */
  finish<T>(work: (tx: LogTx) => Promise<T>): Promise<T>;
}

/**
 * A write. `authorise` locks what the command needs and refuses who may not; it also runs before a kept result
 * is given again. `run` decides, saves and appends events. What `authorise` found out is handed to `run`.
 */
export interface Command<N extends CommandName, Access = void> {
  authorise(context: CommandContext, input: CommandInputOf<N>): Promise<Access>;
  run(context: CommandContext, input: CommandInputOf<N>, access: Access): Promise<CommandReplyOf<N>>;
}

/** A write with an effect outside the database: intent row, then act, then `finish`. */
export interface StagedCommand<N extends CommandName, Access = void> {
  authorise(context: CommandContext, input: CommandInputOf<N>): Promise<Access>;
  run(context: StagedContext, input: CommandInputOf<N>, access: Access): Promise<CommandReplyOf<N>>;
}

/** What changes nothing of its own that lasts, so that it needs no transaction: its handler shares one with others. */
export interface DirectCommand<N extends CommandName> {
  run(context: Omit<CommandContext, 'tx'>, input: CommandInputOf<N>): Promise<CommandReplyOf<N>>;
}

export interface CommandMeta {
  readonly name: CommandName;
  readonly input: new () => object;
  /**
   * The reply holds something shown once; a repeat answers CONFLICT instead of it. A name: only a reply that has
   * that field does.
   */
  readonly secretReply: boolean | string;
  readonly staged: boolean;
  /** Changes nothing that lasts (signals, heartbeats): no result is kept for its `command_id`. */
  readonly ephemeral: boolean;
  /** Runs outside any transaction; ephemeral too. */
  readonly direct: boolean;
}

export const COMMAND_META = Symbol('clawtank:command');

type Options<N extends CommandName> = Partial<Pick<CommandMeta, 'staged' | 'ephemeral' | 'direct'>> & {
  readonly secretReply?: boolean | (keyof CommandReplyOf<N> & string);
};

/** Marks a provider as the one handler of a command; `input` is the class that validates what comes in. */
export function CommandHandler<N extends CommandName>(
  name: N,
  input: new () => CommandInputOf<N> & object,
  { secretReply = false, staged = false, ephemeral = false, direct = false }: Options<N> = {},
): ClassDecorator {
  const meta: CommandMeta = { name, input, secretReply, staged, ephemeral, direct };
  return applyDecorators(Injectable(), SetMetadata(COMMAND_META, meta));
}
