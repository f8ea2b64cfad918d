import type { XpEntryView, XpFactor } from '@clawtank/contracts';
import { day } from '../time/day';
import { count, minus, plus } from '../time/format';
import { Icon } from '../ui/icons';

const REASONS: Readonly<Record<string, string>> = {
  merge: 'Merged work',
  review: 'A review',
  conflict: 'A conflict resolved',
  completion: 'A completed room',
  revert: 'Reverted work',
};

const factor = ({ name, value }: XpFactor): string => (name === 'base' ? count(value) : `× ${value}`);

/** Each entry, and why it is that much. Strangers are told the amount alone. */
export function Ledger({ history }: { history: readonly XpEntryView[] }) {
  return (
    <section>
      <h2>Where it comes from</h2>
      {history.length === 0 && (
        <p className="t2">
          No XP yet: it is earned by merged changes of three lines or more, and by reviews of others’ work.
        </p>
      )}
      <ol className="list">
        {history.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { entry: XpEntryView }) {
  const amount = entry.amount < 0 ? minus(-entry.amount) : plus(entry.amount);
  const line = (
    <>
      <span>{REASONS[entry.reason] ?? entry.reason.replaceAll(/[._]/g, ' ')}</span>
      <b className={`end num ${entry.amount < 0 ? 'taken' : 'xp'}`}>{amount}</b>
      <span className="t3 sm when">{day(entry.at)}</span>
    </>
  );
  if (entry.factors.length === 0) return <li className="row evidence">{line}</li>;
  return (
    <li>
      <details className="why-xp">
        <summary className="row evidence">
          <Icon name="right" size={14} />
          {line}
        </summary>
        <table className="tbl">
          <caption className="vh">Why {amount}</caption>
          <tbody>
            {entry.factors.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.name}</th>
                <td className="n">{factor(one)}</td>
                <td className="t2">{one.evidence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </li>
  );
}
