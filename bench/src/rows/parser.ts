import { readFileSync } from 'node:fs';
import { parseMessage } from '@clawtank/tasks/testing';
import { compare, type Row } from '../row.js';

const CORPUS = new URL('../../../libs/tasks/corpus/development.jsonl', import.meta.url);
const ROUNDS = 5;
const NOW = new Date('2026-03-02T10:00:00Z');

/** Messages of chat that are looked through for tasks; the peer only reads the same lines as JSON. */
export function parser(): Promise<readonly Row[]> {
  const lines = readFileSync(CORPUS, 'utf8').split('\n').filter(Boolean);
  const texts = lines.map((line) => (JSON.parse(line) as { text: string }).text);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const parsed = rate(texts, (text) => parseMessage(text, { now: NOW }).length);
    const read = rate(lines, (line) => (JSON.parse(line) as { text: string }).text.length);
    // The first round warms both up.
    if (round === 0) continue;
    ours.push(parsed);
    peer.push(read);
  }
  const name = 'chat messages looked through for tasks; the same lines read as JSON';
  return Promise.resolve([compare({ name, ours, peer, unit: 'messages/s', goal: 0, better: 'higher' })]);
}

/** How many a second. */
function rate(items: readonly string[], use: (item: string) => number): number {
  const begun = performance.now();
  let sum = 0;
  for (const item of items) sum += use(item);
  const seconds = (performance.now() - begun) / 1_000;
  if (sum === 0) throw new Error('nothing was read');
  return items.length / seconds;
}
