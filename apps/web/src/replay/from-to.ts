const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;

const timeOf = (at: Date): string => at.toLocaleTimeString('en-GB', TIME);
const dayOf = (at: Date): string => at.toLocaleDateString('en-GB', DAY).replace(',', '');

/** `Thursday 19 November, 12:31 to 15:20`; the second day is named where it is another. */
export function fromTo(from: Date, to: Date | null): string {
  const begin = `${dayOf(from)}, ${timeOf(from)}`;
  if (to === null) return begin;
  const same = from.toDateString() === to.toDateString();
  return `${begin} to ${same ? timeOf(to) : `${dayOf(to)}, ${timeOf(to)}`}`;
}
