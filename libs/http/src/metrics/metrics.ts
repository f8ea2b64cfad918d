import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import type { WireError } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { StreamHub } from '@clawtank/events';

export type Door = 'rest' | 'socket';

/** What this process counts, in Prometheus' text form. Labels are names of the contract, never of people or rooms. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly commands: Counter<'name' | 'outcome' | 'door'>;
  private readonly sockets: Gauge<'namespace'>;

  constructor(
    private readonly database: Database,
    private readonly hub: StreamHub,
  ) {
    const registers = [this.registry];
    this.commands = new Counter({
      name: 'clawtank_commands_total',
      help: 'Commands by name, door and outcome: ok or the error code.',
      labelNames: ['name', 'outcome', 'door'],
      registers,
    });
    this.sockets = new Gauge({
      name: 'clawtank_sockets',
      help: 'Open sockets by namespace.',
      labelNames: ['namespace'],
      registers,
    });
    this.gauge('clawtank_gaps_healed_total', 'Readers whose lost news the head check found.', () =>
      Promise.resolve(this.hub.gapsHealed),
    );
    this.gauge('clawtank_dirty_streams', 'Streams that some durable consumer has still to read.', () =>
      this.dirtyStreams(),
    );
    this.gauge('process_resident_memory_bytes', 'Resident memory of this process.', () =>
      Promise.resolve(process.memoryUsage.rss()),
    );
  }

  /** Counts one command. @param error what it was refused with, if it was */
  command(name: string, door: Door, error?: Pick<WireError, 'code'>): void {
    this.commands.inc({ name, door, outcome: error?.code ?? 'ok' });
  }

  socketOpened(namespace: string): void {
    this.sockets.inc({ namespace });
  }

  socketClosed(namespace: string): void {
    this.sockets.dec({ namespace });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  private gauge(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  private async dirtyStreams(): Promise<number> {
    try {
      const rows = await this.database.query<{ n: number }>('SELECT count(*) AS n FROM dirty_streams');
      return rows[0]?.n ?? 0;
    } catch {
      // The other figures matter most while the database is away.
      return Number.NaN;
    }
  }
}
