'use client';

import { useState } from 'react';
import { useMe } from '../../session/use-session';
import { nameOf } from '../../story/cast';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { Clock } from '../../ui/moment';
import { useCast, useCommand, useStanding } from '../room-context';
import { Words } from './markdown';
import type { Asked } from './rows';

/** An agent's question, with its answers as buttons while it waits. */
export function Question({ asked, at }: { asked: Asked; at: string }) {
  const cast = useCast();
  const me = useMe();
  const look = cast.agents.get(asked.agentId);
  const name = nameOf(cast, { kind: 'agent', id: asked.agentId, name: 'An agent' });
  const owner = look?.owner.id === me.id ? 'your agent' : look ? `${look.owner.short}’s agent` : 'agent';
  return (
    <article className={`m${asked.open ? ' mention' : ''}`} aria-label={`${name} asks`}>
      {look ? <Avatar look={look} size={30} /> : <span />}
      <div className="words">
        <div className="hd">
          <b>{name}</b>
          <span className="of">{owner}</span>
          <Clock at={at} served={0} />
        </div>
        <Words text={asked.text} />
        {asked.open ? <Answers asked={asked} /> : <Answered answer={asked.answer} />}
      </div>
    </article>
  );
}

function Answered({ answer }: { answer: string | null }) {
  return (
    <p className="after became">
      <Icon name="check" size={12} tone="success" />
      {answer === null ? 'No longer waiting' : `Answered: ${answer}`}
    </p>
  );
}

function Answers({ asked }: { asked: Asked }) {
  const standing = useStanding();
  const { run, busy } = useCommand();
  const [own, setOwn] = useState<string | null>(asked.options.length === 0 ? '' : null);
  if (standing === 'spectator') return null;
  const answer = (text: string) =>
    void run('agent.answer', { question_id: asked.id, answer: text }, 'Not answered');
  return (
    <div className="after">
      {asked.options.map((option) => (
        <Button key={option} size="sm" disabled={busy} onClick={() => answer(option)}>
          {option}
        </Button>
      ))}
      {own === null ? (
        <Button size="sm" kind="ghost" onClick={() => setOwn('')}>
          Reply
        </Button>
      ) : (
        <form
          className="row answer"
          onSubmit={(event) => {
            event.preventDefault();
            if (own.trim() !== '') answer(own.trim());
          }}
        >
          <span className="input">
            <input
              aria-label="Your answer"
              placeholder="Your answer"
              value={own}
              maxLength={2000}
              onChange={(event) => setOwn(event.target.value)}
            />
          </span>
          <Button size="sm" type="submit" busy={busy} disabled={own.trim() === ''}>
            Answer
          </Button>
        </form>
      )}
    </div>
  );
}
