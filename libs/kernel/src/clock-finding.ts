import { ailing, type Finding, well } from './examination.js';

/** A signed statement of a provider is refused beyond half a minute; deadlines are PostgreSQL's own. */
const CLOCK_WARNING_MS = 5_000;
const CLOCK_BROKEN_MS = 30_000;

const seconds = (ms: number): string => `${(Math.abs(ms) / 1_000).toFixed(1)} s`;

/**
 * @param aheadMs how far this node's clock is ahead of the other one
 * @param errorMs how far that may be off by itself: half the way there and back
 */
export function clockFinding(other: string, aheadMs: number, errorMs: number): Finding {
  const off = Math.max(0, Math.abs(aheadMs) - errorMs);
  const found = `This node is ${seconds(aheadMs)} ${aheadMs < 0 ? 'behind' : 'ahead of'} ${other}.`;
  if (off < CLOCK_WARNING_MS)
    return well('clock', `This node and ${other} agree within ${seconds(aheadMs)}.`);
  return ailing(
    'clock',
    off < CLOCK_BROKEN_MS ? 'warning' : 'broken',
    found,
    'Let both machines keep time by NTP (systemd-timesyncd, chrony): tokens are refused by a clock that is off.',
  );
}
