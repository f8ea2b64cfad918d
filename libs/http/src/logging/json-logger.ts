import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, pino, type Logger } from 'pino';
import { redacted } from './redact.js';

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

const isFields = (message: unknown): message is object =>
  typeof message === 'object' && message !== null && !(message instanceof Error);

function fieldsIn(message: unknown): object {
  const shown = isFields(message) ? redacted(message) : {};
  return typeof shown === 'object' && shown !== null ? shown : {};
}

/** Nest's logger over pino: one JSON object a line. The last text among the extras is Nest's context. */
export class JsonLogger implements LoggerService {
  private readonly out: Logger;

  constructor(level: string = process.env['LOG_LEVEL'] ?? 'info', destination?: DestinationStream) {
    const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
    this.out = destination ? pino(options, destination) : pino(options);
  }

  log(message: unknown, ...extras: unknown[]): void {
    this.write('info', message, extras);
  }
  error(message: unknown, ...extras: unknown[]): void {
    this.write('error', message, extras);
  }
  warn(message: unknown, ...extras: unknown[]): void {
    this.write('warn', message, extras);
  }
  debug(message: unknown, ...extras: unknown[]): void {
    this.write('debug', message, extras);
  }
  verbose(message: unknown, ...extras: unknown[]): void {
    this.write('trace', message, extras);
  }
  fatal(message: unknown, ...extras: unknown[]): void {
    this.write('fatal', message, extras);
  }

  private write(level: Level, message: unknown, extras: readonly unknown[]): void {
    // What is not written is not looked through for secrets either.
    if (!this.out.isLevelEnabled(level)) return;
    const given = extras.filter((extra) => extra !== undefined);
    const context = given.at(-1);
    const rest = typeof context === 'string' ? given.slice(0, -1) : given;
    const fields = {
      ...(typeof context === 'string' ? { context } : {}),
      ...fieldsIn(message),
      ...(rest.length > 0 ? { extra: redacted(rest) } : {}),
    };
    const text = isFields(message) ? '' : String(redacted(message));
    this.out[level](fields, text);
  }
}
