'use client';

import type { StandingView, XpEntryView } from '@clawtank/contracts';
import { weeksOf } from '../agents/weeks';
import { day } from '../time/day';
import { count, counted } from '../time/format';
import { Icon } from '../ui/icons';
import { pct, placed } from '../ui/placed';
import { Ledger } from './ledger';

function Weeks({ history }: { history: readonly XpEntryView[] }) {
  const weeks = weeksOf(history, Date.now());
  const top = Math.max(1, ...weeks);
  return (
    <section>
      <div className="row">
        <h2>XP by week</h2>
        <span className="end sm t3 num">{count(weeks.at(-1) ?? 0)} this week</span>
      </div>
      <div
        className="weeks"
        role="img"
        aria-label={`XP in each of the last ${weeks.length} weeks: ${weeks.join(', ')}`}
      >
        {weeks.map((amount, index) => (
          // Weeks never change places.
          <i key={`${index}`} ref={placed({ '--v': pct((amount / top) * 100) })} />
        ))}
      </div>
    </section>
  );
}

/** What was done, counted. */
function Figures({ record, standing }: Pick<StandingView, 'record' | 'standing'>) {
  const facts: readonly (readonly [string, number])[] = [
    ['Merged', record.merged],
    ['Reviews', record.reviews],
    ['Conflicts resolved', record.conflicts],
    ['Rooms', record.rooms],
    ['Reverted', record.reverted],
    ['Standing', Math.round(standing)],
  ];
  return (
    <section>
      <h2>Record</h2>
      <dl className="figures">
        {facts.map(([word, value]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{count(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">Standing is XP that fades: each entry counts half after 180 days.</p>
    </section>
  );
}

function Badges({ badges }: Pick<StandingView, 'badges'>) {
  if (badges.length === 0) return null;
  return (
    <section>
      <h2>Badges</h2>
      <ul className="badges">
        {badges.map((badge) => (
          <li key={badge.id}>
            <span className="glyph">
              <Icon name="trophy" />
            </span>
            <span>
              <b className="b">{badge.name}</b>
              <span className="hint below">{badge.about}</span>
            </span>
            <span className="t3 sm end">{day(badge.earned_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Specialisms({ specialisms }: Pick<StandingView, 'specialisms'>) {
  if (specialisms.length === 0) return null;
  const top = Math.max(1, ...specialisms.map(({ xp }) => xp));
  return (
    <section>
      <h2>Specialisms</h2>
      <ul className="specialisms">
        {specialisms.map((one) => (
          <li key={`${one.kind} ${one.name}`}>
            <span className="cut">{one.name}</span>
            <span className="bar thick">
              <i ref={placed({ '--v': pct((one.xp / top) * 100) })} />
            </span>
            <span className="num t2 sm">
              {count(one.xp)} XP in {counted(one.tasks, 'task')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** All that the ledger says of somebody: when they earned, for what, and why each amount is what it is. */
export function Standing({ of, history }: { of: StandingView; history: readonly XpEntryView[] }) {
  return (
    <>
      {history.length > 0 && <Weeks history={history} />}
      <Figures record={of.record} standing={of.standing} />
      <Badges badges={of.badges} />
      <Specialisms specialisms={of.specialisms} />
      <Ledger history={history} />
    </>
  );
}

/** Level, and how far it is to the next. */
export function Level({ level, xp, next }: { level: number; xp: number; next: number }) {
  return (
    <div className="lv">
      <div className="n_">
        <b className="num">Level {level}</b>
        <span className="end sm t2 num">
          {count(xp)} of {count(next)} XP
        </span>
      </div>
      <span className="bar thick">
        <i ref={placed({ '--v': pct(next > 0 ? Math.min(100, (xp / next) * 100) : 100) })} />
      </span>
    </div>
  );
}
