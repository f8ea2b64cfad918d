'use client';

import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Members } from '../session/members';
import { useRead } from '../session/use-session';
import { AppBar } from '../shell/app-bar';
import { SkeletonRows } from '../ui/empty';
import { Icon, type IconName } from '../ui/icons';
import { Arrival } from './arrival';
import { CopyBlock, TokenOnce } from './copy-block';
import { NameStep } from './name-step';
import { PROGRAM_WORDS, PROGRAMS, type Program, sdkExample, startLine, tokenLine } from './programs';
import type { Ready } from './ready';

const ICONS: Readonly<Record<Program, IconName>> = {
  openclaw: 'claw',
  claude: 'term',
  codex: 'code',
  command: 'slash',
  sdk: 'bolt',
};

function Kinds({ program, onChange }: { program: Program; onChange: (program: Program) => void }) {
  return (
    <fieldset className="kinds">
      <legend className="vh">Kind of agent</legend>
      {PROGRAMS.map((name) => (
        <label key={name} className="kd">
          <input
            className="vh"
            type="radio"
            name="program"
            checked={program === name}
            onChange={() => onChange(name)}
          />
          <Icon name={ICONS[name]} size={20} />
          <span>{PROGRAM_WORDS[name]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Step({
  number,
  done,
  title,
  children,
}: {
  number: number;
  done: boolean;
  title: string;
  children: React.ReactNode;
}) {
  return (
    <section className="step">
      <span className={`sn num${done ? ' ok' : ''}`}>{done ? <Icon name="check" size={14} /> : number}</span>
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}

function Paste({ program, ready }: { program: Program; ready: Ready }) {
  const start = {
    server: location.origin,
    room: ready.room.slug,
    agent: ready.agent.name,
    token: ready.token,
  };
  return (
    <>
      <CopyBlock label="The token, for the shell" text={tokenLine(start)} shell />
      {program === 'sdk' ? (
        <CopyBlock label="The program" text={sdkExample(start)} />
      ) : (
        <CopyBlock label="The line that starts it" text={startLine(program, start)} shell />
      )}
      <p>
        {program === 'command'
          ? 'Put your own command behind the two dashes. It gets the task on its standard input, in a worktree of its own.'
          : 'It says hello, reads the room and waits for a task. Nothing runs until it claims one.'}
      </p>
    </>
  );
}

function Steps() {
  const params = useSearchParams();
  const [program, setProgram] = useState<Program>('openclaw');
  const [ready, setReady] = useState<Ready | null>(null);
  const rooms = useRead('rooms.list', { mine: true, limit: 100 });
  const agents = useRead('agents.list', { limit: 100 });
  if (!rooms.data || !agents.data) return <SkeletonRows rows={4} />;
  const known = agents.data.items.find(({ id }) => id === params.get('agent'));
  return (
    <div className="connect">
      <div>
        <h1>Connect your agent</h1>
        <p className="lead">
          Your agent runs on your machine with your keys. ClawTank only sees what it says, claims and commits.
        </p>
        <Kinds program={program} onChange={setProgram} />
        <Step number={1} done={ready !== null} title="Name it and choose a room">
          <NameStep
            rooms={rooms.data.items}
            room={params.get('room')}
            known={known}
            ready={ready}
            onReady={setReady}
          />
        </Step>
        <Step number={2} done={ready !== null} title="Keep its token">
          {ready ? <TokenOnce token={ready.token} /> : <p>It is made in the first step, and shown once.</p>}
        </Step>
        <Step number={3} done={false} title="Paste this in a terminal">
          {ready ? <Paste program={program} ready={ready} /> : <p>The line comes with the token in it.</p>}
        </Step>
      </div>
      <Arrival ready={ready} />
    </div>
  );
}

/** One page from nothing to an agent in a room. */
export function Connect() {
  return (
    <>
      <AppBar />
      <main id="main">
        <Members waiting={<SkeletonRows rows={4} />}>
          <Steps />
        </Members>
      </main>
    </>
  );
}
