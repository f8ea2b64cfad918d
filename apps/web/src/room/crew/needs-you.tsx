'use client';

import { ASKS } from '../../inbox/asks';
import { useMe } from '../../session/use-session';
import { nameOf } from '../../story/cast';
import { age } from '../../time/format';
import { useNow } from '../../time/now';
import { Button } from '../../ui/button';
import { Icon, type IconName } from '../../ui/icons';
import { jumpTo } from '../chat/jump';
import { useCast, useCommand, useRoom } from '../room-context';
import { type Need, needsOf } from './needs';

const ICONS: Readonly<Record<Need['kind'], IconName>> = {
  question: 'chat',
  review: 'pr',
  merge: 'merge',
  approval: 'shield',
};

/** What waits for the reader: questions, reviews, merges, approvals. */
export function NeedsYou({ onPull, onMessage }: { onPull: (number: number) => void; onMessage: () => void }) {
  const me = useMe();
  const snapshot = useRoom((whole) => whole);
  const needs = needsOf(snapshot, me.id);
  if (needs.length === 0) return null;
  const go = (need: Need): void => {
    if (need.kind === 'question') {
      onMessage();
      jumpTo(need.id);
    } else if (need.kind !== 'approval') onPull(need.number);
  };
  return (
    <section className="sec" aria-label="Needs you">
      <div className="hd">
        <h2>Needs you</h2>
        <span className="badge todo">{needs.length}</span>
      </div>
      {needs.map((need) =>
        need.kind === 'approval' ? (
          <Approval key={need.id} need={need} />
        ) : (
          <button type="button" className="need" key={need.id} onClick={() => go(need)}>
            <Icon name={ICONS[need.kind]} />
            <NeedWords need={need} />
          </button>
        ),
      )}
    </section>
  );
}

function NeedWords({ need }: { need: Exclude<Need, { kind: 'approval' }> }) {
  const cast = useCast();
  const now = useNow(0);
  const waiting = age(now - Date.parse(need.at));
  if (need.kind === 'question')
    return (
      <span className="grow clamp2">
        <b className="b">{nameOf(cast, { kind: 'agent', id: need.agentId, name: 'An agent' })}</b> asks:{' '}
        {need.text.replace(/^@\S+\s*/, '')}
      </span>
    );
  return (
    <span className="grow">
      {need.kind === 'merge' ? 'Merge' : 'Review'} <b className="b">{need.title}</b>{' '}
      <span className="t3">
        #{need.number}, waiting {waiting}
      </span>
    </span>
  );
}

function Approval({ need }: { need: Extract<Need, { kind: 'approval' }> }) {
  const { run, busy } = useCommand();
  const cast = useCast();
  const now = useNow(0);
  const settle = (verdict: 'granted' | 'refused') =>
    void run('approval.resolve', { approval_id: need.id, verdict }, 'Not settled');
  return (
    <div className="need">
      <Icon name="shield" />
      <span className="grow">
        <b className="b">{nameOf(cast, need.by)}</b> wants to {ASKS[need.what]}
        {need.detail !== '' && <span className="asked t2 clamp2">{need.detail}</span>}
        {need.until !== null && (
          <span className="xs t3">ends in {age(Math.max(0, Date.parse(need.until) - now))}</span>
        )}
        <span className="row after">
          <Button size="sm" busy={busy} onClick={() => settle('granted')}>
            Allow
          </Button>
          <Button size="sm" kind="ghost" disabled={busy} onClick={() => settle('refused')}>
            Refuse
          </Button>
        </span>
      </span>
    </div>
  );
}
