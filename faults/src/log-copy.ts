import type { Envelope, Frame } from '@clawtank/contracts';
import pg from 'pg';
import { fingerprint } from './ledger.js';
import { insist } from './session.js';

export interface Row {
  readonly seq: number;
  readonly type: string;
  readonly text: string;
}

async function select<R extends pg.QueryResultRow>(databaseUrl: string, sql: string, stream: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<R>(sql, [stream])).rows;
  } finally {
    await client.end();
  }
}

/** A stream as PostgreSQL has it, read without any of the product's code. */
export async function readRows(databaseUrl: string, stream: string): Promise<Row[]> {
  const rows = await select<{ seq: string; type: string; text: string }>(
    databaseUrl,
    'SELECT seq, type, data::text AS text FROM stream_events WHERE stream = $1 ORDER BY seq',
    stream,
  );
  return rows.map(({ seq, type, text }) => ({ seq: Number(seq), type, text }));
}

export async function countRows(databaseUrl: string, stream: string): Promise<number> {
  const sql = 'SELECT count(*) AS n FROM stream_events WHERE stream = $1';
  const [row] = await select<{ n: string }>(databaseUrl, sql, stream);
  return Number(row?.n ?? 0);
}

/** Every envelope of an audience by its number, as a replay of the whole log gives it. */
export async function replayRoom(
  server: string,
  roomId: string,
  token: string | null,
): Promise<ReadonlyMap<number, string>> {
  const envelopes = new Map<number, string>();
  for (let after = 0; ; ) {
    const url = `${server}/api/v1/rooms/${roomId}/events?after=${after}&limit=1000`;
    const frame = await insist<Frame<Envelope>>(url, token ? { token } : {});
    if (frame.to < frame.from) return envelopes;
    for (const event of frame.events) envelopes.set(event.seq, fingerprint(event));
    after = frame.to;
  }
}
