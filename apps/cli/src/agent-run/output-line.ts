import { stripVTControlCharacters } from 'node:util';
import { AGENT_STATUSES, type AgentStatus, type UsageReport } from '@clawtank/contracts';
import { harmless } from '../output/output.js';

/** What a line of the command's output says. */
export type OutputLine =
  | { readonly kind: 'progress'; readonly progress: number; readonly note: string }
  | { readonly kind: 'status'; readonly status: AgentStatus; readonly note: string }
  | { readonly kind: 'usage'; readonly usage: UsageReport }
  | { readonly kind: 'text'; readonly text: string };

const MAX_TEXT = 300;
/** States that the command itself may report; the others are the runner's to say. */
const REPORTABLE: ReadonlySet<AgentStatus> = new Set([
  'thinking',
  'executing',
  'testing',
  'waiting_approval',
]);

const USAGE = /^CLAWTANK_USAGE((?:\s+(?:tokens|cost_cents)=\d{1,9}){1,2})$/;

function usageIn(text: string): UsageReport | undefined {
  const said = USAGE.exec(text)?.[1];
  if (said === undefined) return undefined;
  const of = (name: keyof UsageReport): UsageReport => {
    const value = new RegExp(`\\b${name}=(\\d+)`).exec(said)?.[1];
    return value === undefined ? {} : { [name]: Number(value) };
  };
  return { ...of('tokens'), ...of('cost_cents') };
}

/**
 * Reads `CLAWTANK_PROGRESS 0.4 note`, `CLAWTANK_STATUS testing note` and `CLAWTANK_USAGE tokens=1200 cost_cents=3`;
 * every other line is text.
 */
export function readLine(line: string): OutputLine {
  const text = harmless(stripVTControlCharacters(line)).trim().slice(0, MAX_TEXT);
  const usage = usageIn(text);
  if (usage) return { kind: 'usage', usage };
  const [, word, value = '', note = ''] = /^CLAWTANK_(PROGRESS|STATUS)\s+(\S+)\s*(.*)$/.exec(text) ?? [];
  if (word === 'PROGRESS' && /^(\d+(\.\d+)?|\.\d+)%?$/.test(value)) {
    const share = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value);
    return { kind: 'progress', progress: Math.min(1, share), note };
  }
  const status = word === 'STATUS' ? AGENT_STATUSES.find((one) => one === value) : undefined;
  if (status && REPORTABLE.has(status)) return { kind: 'status', status, note };
  return { kind: 'text', text };
}
