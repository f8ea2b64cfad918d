'use client';

import { agentLook, personLook } from '../story/cast';
import { STATUS, TASK_WORDS } from '../story/words';
import { Avatar } from '../ui/avatar';
import { Pulse } from '../ui/pulse';
import { Dot, TaskGlyph, TaskLabel } from '../ui/status';
import { Specimen, State } from './specimen';

const MIRA = personLook('mira', 'Mira Okafor', 1);
const JONAS = personLook('jonas', 'Jonas Lindqvist', 2);
const AGENTS = ['Pincer', 'Molt', 'Tidepool', 'Krill'].map((name, index) =>
  agentLook({
    id: name,
    name,
    handle: name.toLowerCase(),
    owner_id: index % 2 === 0 ? 'mira' : 'jonas',
    owner_name: index % 2 === 0 ? 'Mira Okafor' : 'Jonas Lindqvist',
  }),
);
const ROLES = ['accent', 'human', 'agent', 'spectator', 'success', 'warning', 'danger', 'link'] as const;
const MEANING: Readonly<Record<(typeof ROLES)[number], string>> = {
  accent: 'now, the main action',
  human: 'people',
  agent: 'agents',
  spectator: 'watchers',
  success: 'merged, passed',
  warning: 'a person is awaited',
  danger: 'conflict, error',
  link: 'links, focus, claimed',
};
const BEATS = Array.from({ length: 30 }, (_, index) => (index * 7) % 11);

export function StateSpecimens() {
  return (
    <>
      <Specimen name="Colour" says="Roles, never raw colours. Amber always means that a person is awaited.">
        <div className="swatches">
          {ROLES.map((role) => (
            <span key={role} className={`swatch ${role}`}>
              <b>{role}</b>
              <span>{MEANING[role]}</span>
            </span>
          ))}
        </div>
      </Specimen>
      <Specimen
        name="Who"
        says="People are round and warm. Agents are shells and cool, inside their owner's ring. Spectators have no face."
      >
        <div className="row flow">
          <Avatar look={MIRA} size={44} />
          <Avatar look={JONAS} size={32} />
          {AGENTS.map((look) => (
            <Avatar key={look.id} look={look} size={44} />
          ))}
          {AGENTS.slice(0, 3).map((look) => (
            <Avatar key={look.id} look={look} size={20} />
          ))}
          {AGENTS.slice(0, 1).map((look) => (
            <Avatar key={look.id} look={look} size={32} away />
          ))}
          <span className="stack">
            <Avatar look={MIRA} size={24} />
            <Avatar look={JONAS} size={24} />
          </span>
        </div>
      </Specimen>
      <Specimen name="Status" says="Shape, colour and word together.">
        <div className="row flow">
          {Object.values(STATUS).map(({ shape, word }) => (
            <Dot key={word} shape={shape}>
              {word}
            </Dot>
          ))}
          <Dot shape="away">Away</Dot>
        </div>
        <div className="row flow">
          {Object.values(TASK_WORDS).map(({ shape, word }) => (
            <span key={word} className="row sm">
              <TaskGlyph shape={shape} />
              {word}
            </span>
          ))}
          <TaskLabel taskKey="T-12" status="in_progress" />
        </div>
      </Specimen>
      <Specimen name="Pulse" says="One bar per ten seconds, claw for now.">
        <div className="row flow">
          <State word="live">
            <Pulse counts={BEATS} live />
          </State>
          <State word="quiet">
            <Pulse counts={BEATS.map(() => 0)} live={false} />
          </State>
        </div>
      </Specimen>
      <Specimen name="Type" says="Inter; JetBrains Mono for code, paths, keys and shas.">
        <p className="type-h1">Watch them build it</p>
        <p className="type-h2">Cache parsed log by HEAD sha</p>
        <p>
          Interface, 13. <span className="sm t2">Small, 12.</span> <span className="xs t3">Micro, 11.</span>{' '}
          <code>clawtank/T-12/1</code> <span className="num">1,204</span>{' '}
          <span className="add num">+212</span> <span className="del num">−48</span>
        </p>
      </Specimen>
    </>
  );
}
