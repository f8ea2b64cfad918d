import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import type { WebhookDefinition } from '@octokit/webhooks-examples';
import { Child } from '../child.js';
import { compare, type Row } from '../row.js';

const SECRET = 'the secret of this bench';
const TURNS = 5;
const REQUESTS = 4_000;
const IN_FLIGHT = 32;
const BURST_PER_SECOND = 1_000;
const BURST_SECONDS = 10;
const LIMIT_MS = 250;

interface Ready {
  readonly url: string;
}
type Server = Child<Ready>;

const loaded: unknown = createRequire(import.meta.url)('@octokit/webhooks-examples');
const push = (loaded as readonly WebhookDefinition[]).find(({ name }) => name === 'push')?.examples[0];
const body = Buffer.from(JSON.stringify(push));
const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
const agent = new Agent({ keepAlive: true, maxSockets: 128 });

/** A real delivery of a push, each time under an id of its own. @returns milliseconds until it was acknowledged */
function deliver(url: string): Promise<number> {
  const begun = performance.now();
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    'X-GitHub-Event': 'push',
    'X-GitHub-Delivery': randomUUID(),
    'X-Hub-Signature-256': signature,
  };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.once('error', reject);
      answer.once('end', () => {
        if (answer.statusCode === 202) resolve(performance.now() - begun);
        else reject(new Error(`answered ${String(answer.statusCode)}`));
      });
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

/** What a receiver makes of deliveries: its processor time for each, and whether it loses any in a burst. */
export async function webhooks(): Promise<readonly Row[]> {
  try {
    return [await verifyAndParse(), await burst()];
  } finally {
    agent.destroy();
  }
}

async function verifyAndParse(): Promise<Row> {
  const env = { GITHUB_WEBHOOK_SECRET: SECRET, BENCH_PARSE_ONLY: '1' };
  const ours = await Child.start<Ready>('receiver', env);
  const peer = await Child.start<Ready>('bare-webhooks', env);
  try {
    const rates: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
    for (let turn = 0; turn <= TURNS; turn += 1) {
      const both = { ours: await perSecond(ours), peer: await perSecond(peer) };
      // The first turn warms both up.
      if (turn === 0) continue;
      rates.ours.push(both.ours);
      rates.peer.push(both.peer);
    }
    return compare({
      name: 'webhooks verified and parsed in a second of processor time; node:http',
      ...rates,
      unit: 'deliveries',
      goal: 0.7,
      better: 'higher',
    });
  } finally {
    await ours.stop();
    await peer.stop();
  }
}

/** Of the server's own processor time: the load takes as much of the machine as the server does. */
async function perSecond(server: Server): Promise<number> {
  const before = await server.ask<{ cpu: number }>({ cpu: true });
  let left = REQUESTS;
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (left > 0) {
        left -= 1;
        await deliver(server.ready.url);
      }
    }),
  );
  const after = await server.ask<{ cpu: number }>({ cpu: true });
  return (REQUESTS / (after.cpu - before.cpu)) * 1_000_000;
}

async function burst(): Promise<Row> {
  const server = await Child.start<Ready>('receiver', { GITHUB_WEBHOOK_SECRET: SECRET });
  try {
    await Promise.all(Array.from({ length: 200 }, () => deliver(server.ready.url)));
    const { kept: before } = await server.ask<{ kept: number }>({});
    const waits = await openLoop(server.ready.url);
    const { kept } = await server.ask<{ kept: number }>({});
    const lost = waits.length - (kept - before);
    if (lost !== 0) throw new Error(`${String(lost)} acknowledged deliveries are not in the inbox`);
    const p99 = waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? Number.NaN;
    return compare({
      name: 'webhooks kept at 1,000/s for 10 s, p99 of the ack, none lost; the limit of 250 ms',
      ours: [p99],
      peer: [LIMIT_MS],
      unit: 'ms',
      goal: 1,
      better: 'lower',
    });
  } finally {
    await server.stop();
  }
}

/** Deliveries that come when they come, whether or not those before were answered; waits count from when they were due. */
async function openLoop(url: string): Promise<number[]> {
  const total = BURST_PER_SECOND * BURST_SECONDS;
  const begun = performance.now();
  const sent: Promise<number>[] = [];
  while (sent.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * BURST_PER_SECOND));
    while (sent.length < due) {
      const late = performance.now() - begun - (sent.length / BURST_PER_SECOND) * 1_000;
      sent.push(deliver(url).then((wait) => wait + late));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return Promise.all(sent);
}
