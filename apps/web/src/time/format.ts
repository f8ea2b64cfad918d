const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An age in its largest unit: `4 s`, `6 min`, `3 h`, `2 d`. Takes milliseconds; a clock that runs ahead reads as zero. */
export function age(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** A length of time in its two largest units: `40 s`, `1 min 40 s`, `3 h 12 min`, `2 d 5 h`. Takes milliseconds. */
export function span(ms: number): string {
  const parts = [
    [Math.floor(ms / DAY), 'd'],
    [Math.floor((ms % DAY) / HOUR), 'h'],
    [Math.floor((ms % HOUR) / MINUTE), 'min'],
    [Math.floor((ms % MINUTE) / SECOND), 's'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** `1,204`: counts group by comma in every locale. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** `+1,846`: lines added. */
export const plus = (value: number): string => `+${count(value)}`;

/** `−48`, with a true minus: lines removed. */
export const minus = (value: number): string => `−${count(value)}`;

/** A share from 0 to 1 as `64%`. */
export function percentage(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** `1 agent`, `3 agents`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The local clock of a moment; with its day when that is not today's: `14:02`, `Tue 14:02`, `3 Jun 14:02`. */
export function clock(at: Date, now: Date): string {
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
  if (at.toDateString() === now.toDateString()) return time;
  if (Math.abs(now.getTime() - at.getTime()) < 6 * DAY) return `${WEEKDAYS[at.getDay()]} ${time}`;
  return `${at.getDate()} ${MONTHS[at.getMonth()]} ${time}`;
}

/** A day such as `2026-03-06`, wherever it is read: `6 Mar`. */
export function dayAndMonth(day: string): string {
  const [, month, date] = day.split('-').map(Number);
  return `${date ?? 1} ${MONTHS[(month ?? 1) - 1] ?? ''}`;
}
