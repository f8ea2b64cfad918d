import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Resync, WireError } from '@clawtank/contracts';
import { type Audience, StreamHub } from '@clawtank/events';
import { within } from '../within.js';

export type Door = 'rest' | 'socket';
export type SocketKind = 'human' | 'agent' | 'spectator';

/** Seconds. Delivery is a matter of milliseconds while all is well, and of the head check when news is lost. */
const DELIVERY_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10, 30];
/** Who asks for the figures must not wait for what is away. */
const PATIENCE_MS = 2_000;

type Readings = Readonly<Record<string, number>>;

/** A figure that is looked up when somebody asks. */
export interface Watched {
  readonly name: string;
  readonly help: string;
  /** What the readings are told apart by: words of ours, never names or ids of people, rooms or agents. */
  readonly label: string;
  readonly read: () => Readings | Promise<Readings>;
}

/** What this process counts, in Prometheus' text form. Labels are names of the contract, never of people or rooms. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly registers = [this.registry];
  private readonly commands = new Counter({
    name: 'clawtank_commands_total',
    help: 'Commands by name, door and outcome: ok or the error code.',
    labelNames: ['name', 'outcome', 'door'],
    registers: this.registers,
  });
  private readonly waiting = new Gauge({
    name: 'clawtank_commands_waiting',
    help: 'Commands that were taken in and are not answered yet: they run, or wait for their turn.',
    labelNames: ['door'],
    registers: this.registers,
  });
  private readonly sockets = new Gauge({
    name: 'clawtank_sockets',
    help: 'Open sockets by kind: human, agent, spectator.',
    labelNames: ['kind'],
    registers: this.registers,
  });
  private readonly delivery = new Histogram({
    name: 'clawtank_delivery_seconds',
    help:
      'From the time of an event, taken in the database right before its commit, until this process has handed it to ' +
      'all its readers. Once per event and audience; replays do not count.',
    labelNames: ['audience'],
    buckets: DELIVERY_BUCKETS,
    registers: this.registers,
  });
  private readonly resyncs = new Counter({
    name: 'clawtank_resyncs_total',
    help: 'Readers that were told that their position can not be served, by reason.',
    labelNames: ['reason'],
    registers: this.registers,
  });

  constructor(hub: StreamHub) {
    new Counter({
      name: 'clawtank_gaps_healed_total',
      help: 'Readers whose lost news the head check found.',
      registers: this.registers,
      collect() {
        this.reset();
        this.inc(hub.gapsHealed);
      },
    });
    new Gauge({
      name: 'process_resident_memory_bytes',
      help: 'Resident memory of this process.',
      registers: this.registers,
      collect() {
        this.set(process.memoryUsage.rss());
      },
    });
  }

  /** Counts one command. @param error what it was refused with, if it was */
  command(name: string, door: Door, error?: WireError): void {
    this.commands.inc({ name, door, outcome: error?.code ?? 'ok' });
    if (error) this.refused(error);
  }

  /** Looks whether somebody who read was told that the position can't be served. */
  refused({ reason, details }: WireError): void {
    if (reason === 'stream.resync') this.resyncs.inc({ reason: String(details?.['resync']) });
  }

  /** A command was taken in. @returns to be called once, when it is answered or dropped */
  commandTaken(door: Door): () => void {
    this.waiting.inc({ door });
    return () => this.waiting.dec({ door });
  }

  socketOpened(kind: SocketKind): void {
    this.sockets.inc({ kind });
  }

  socketClosed(kind: SocketKind): void {
    this.sockets.dec({ kind });
  }

  /** An event reached its readers here. The clocks of PostgreSQL and of this machine may differ a little. */
  delivered(audience: Audience, seconds: number): void {
    this.delivery.observe({ audience }, Math.max(0, seconds));
  }

  resynced(reason: Resync['reason']): void {
    this.resyncs.inc({ reason });
  }

  /** Adds a figure that is looked up with each request. While it can't be, it is left out. */
  watch({ name, help, label, read }: Watched): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: this.registers,
      async collect() {
        const readings = await within(PATIENCE_MS, async () => read());
        this.reset();
        for (const [value, reading] of Object.entries(readings ?? {})) this.set({ [label]: value }, reading);
      },
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
