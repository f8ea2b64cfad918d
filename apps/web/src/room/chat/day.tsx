import { clock } from '../../time/format';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_MS = 86_400_000;

/** A line where another day begins. */
export function Day({ at }: { at: string }) {
  const date = new Date(at);
  const today = new Date();
  const midnight = (day: Date): number =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const ago = Math.round((midnight(today) - midnight(date)) / DAY_MS);
  const name =
    ago === 0
      ? 'Today'
      : ago === 1
        ? 'Yesterday'
        : ago < 6
          ? (DAYS[date.getDay()] ?? '')
          : clock(date, today).replace(/ \d\d:\d\d$/, '');
  return <div className="day">{name}</div>;
}
