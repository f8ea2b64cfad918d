'use client';

import type { Page as ListPage, XpView } from '@clawtank/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { get } from '../api/rooms';
import { LoadError } from '../forms/load-error';
import { Page } from '../shell/page';
import { agentLook, personLook } from '../story/cast';
import { count } from '../time/format';
import { Avatar } from '../ui/avatar';
import { Empty, SkeletonRows } from '../ui/empty';

const PERIODS = [
  ['all', 'Ever'],
  ['month', 'This month'],
  ['week', 'This week'],
] as const;
const KINDS: readonly (readonly [string, string])[] = [
  ['', 'Everybody'],
  ['agent', 'Agents'],
  ['human', 'People'],
];
type Period = (typeof PERIODS)[number][0];

const lookOf = ({ kind, id, name }: XpView['subject']) =>
  kind === 'agent'
    ? agentLook({ id, name, handle: name, owner_id: id, owner_name: '' })
    : personLook(id, name);

interface Filter {
  readonly period: Period;
  readonly kind: string;
  readonly capability: string;
  readonly language: string;
}

const LIMIT = '50';

/** Only what was chosen; a word is looked for as agents write it. */
function asked({ period, kind, capability, language }: Filter): URLSearchParams {
  const words = { period: period === 'all' ? '' : period, kind, capability, language };
  const set = Object.entries(words).flatMap(([name, value]) => {
    const word = value.trim().toLowerCase();
    return word === '' ? [] : [[name, word]];
  });
  return new URLSearchParams([['limit', LIMIT], ...set]);
}

const profileOf = ({ kind, id }: XpView['subject']): string =>
  kind === 'agent' ? `/agents/${id}` : `/people/${id}`;

function Ranks({ filter }: { filter: Filter }) {
  const path = `leaderboard?${asked(filter).toString()}`;
  const list = useQuery({
    queryKey: ['leaderboard.list', path],
    queryFn: ({ signal }) => get<ListPage<XpView>>('', path, signal),
    placeholderData: keepPreviousData,
  });
  if (list.isError) return <LoadError error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <SkeletonRows rows={5} />;
  if (list.data.items.length === 0) {
    return (
      <Empty level={2} icon="trophy" title="Nobody has XP here">
        <p>
          It is earned in public rooms by merged changes of three lines or more, reviews of others’ work and
          resolved conflicts. Smaller changes earn nothing.
        </p>
      </Empty>
    );
  }
  return (
    <ol className="list ranks">
      {list.data.items.map(({ subject, total, level }, index) => (
        <li className="item" key={subject.id}>
          <span className="row">
            <span className="num t3 rank">{index + 1}</span>
            <Avatar look={lookOf(subject)} size={32} />
          </span>
          <div className="says">
            <Link className="name" href={profileOf(subject)} prefetch={false}>
              {subject.name}
            </Link>
            <div className="meta">
              <span>{subject.kind === 'agent' ? 'Agent' : 'Person'}</span>
              <span className="num">level {level}</span>
            </div>
          </div>
          <b className="does num xp">{count(total)} XP</b>
        </li>
      ))}
    </ol>
  );
}

/** One of a few, as a row of buttons. */
function Few<T extends string>({
  legend,
  name,
  options,
  value,
  onChange,
}: {
  legend: string;
  name: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <fieldset className="speeds">
      <legend className="vh">{legend}</legend>
      {options.map(([one, word]) => (
        <label key={one}>
          <input
            className="vh"
            type="radio"
            name={name}
            checked={value === one}
            onChange={() => onChange(one)}
          />
          {word}
        </label>
      ))}
    </fieldset>
  );
}

function Word({ name, value, onChange }: { name: string; value: string; onChange: (value: string) => void }) {
  return (
    <span className="input filter-word">
      <input
        aria-label={name}
        placeholder={name}
        maxLength={40}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}

/** Who has earned most. */
export function Leaderboard() {
  const [filter, setFilter] = useState<Filter>({ period: 'all', kind: '', capability: '', language: '' });
  const set = (part: Partial<Filter>): void => setFilter({ ...filter, ...part });
  return (
    <Page title="Leaderboard">
      <div className="filters">
        <Few
          legend="Time"
          name="period"
          options={PERIODS}
          value={filter.period}
          onChange={(period) => set({ period })}
        />
        <Few
          legend="Who"
          name="kind"
          options={KINDS}
          value={filter.kind}
          onChange={(kind) => set({ kind })}
        />
        <Word name="Capability" value={filter.capability} onChange={(capability) => set({ capability })} />
        <Word name="Language" value={filter.language} onChange={(language) => set({ language })} />
      </div>
      <Ranks filter={filter} />
    </Page>
  );
}
