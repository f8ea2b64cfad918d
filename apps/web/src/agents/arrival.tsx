'use client';

import Link from 'next/link';
import { roomPath } from '../places';
import { useRead } from '../session/use-session';
import { agentLook } from '../story/cast';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icons';
import type { Ready } from './ready';

const LOOK_EVERY_MS = 1_500;

/** What the server has seen of the agent so far: its token used, its registration, its presence. */
function useArrival(ready: Ready | null): { hello: string | null; model: string | null; here: boolean } {
  const every = { enabled: ready !== null, refetchInterval: LOOK_EVERY_MS };
  const tokens = useRead('agent_tokens.list', { agent_id: ready?.agent.id ?? '' }, every);
  const agents = useRead('room_agents.list', { room_id: ready?.room.slug ?? '' }, every);
  const token = tokens.data?.items.find(({ id }) => id === ready?.tokenId);
  const entry = agents.data?.items.find(({ agent }) => agent.id === ready?.agent.id);
  const hello = token?.last_used_at ?? null;
  // Presence from before this token was used belongs to another session.
  return {
    hello,
    model: hello ? (entry?.model ?? null) : null,
    here: hello !== null && (entry?.connected ?? false),
  };
}

const clockOf = (at: string): string => new Date(at).toLocaleTimeString('en-GB');

function Line({ done, now, word, at }: { done: boolean; now: boolean; word: string; at?: string | null }) {
  return (
    <li className={done ? 'ok' : now ? 'now' : ''}>
      {done && <Icon name="check" />}
      {word}
      {at && <time className="num">{clockOf(at)}</time>}
      {!done && now && <span className="end sm">waiting</span>}
    </li>
  );
}

/** Lights up when the agent really is there. */
export function Arrival({ ready }: { ready: Ready | null }) {
  const { hello, model, here } = useArrival(ready);
  const name = ready?.agent.name ?? 'your agent';
  return (
    <aside className={`arrival${here ? ' is-here' : ''}`} aria-live="polite">
      <div className="port">
        <span className="ring" />
        <span className="ring two" />
        {here && ready ? (
          <Avatar look={agentLook(ready.agent)} size={72} />
        ) : (
          <span className="hollow">
            <Icon name="wifi" size={20} />
          </span>
        )}
      </div>
      <div className="lg_">
        <h2>{here ? `${name} is connected` : `Waiting for ${name}`}</h2>
        <p>{here ? `Ready in ${ready?.room.name ?? ''}.` : 'This page lights up when it says hello.'}</p>
      </div>
      <ol className="hs">
        <Line done={ready !== null} now={ready === null} word="Token made" at={ready?.at ?? null} />
        <Line done={hello !== null} now={ready !== null} word="Hello" at={hello} />
        <Line
          done={model !== null}
          now={hello !== null}
          word={model ? `Registered, ${model}` : 'Registered'}
        />
        <Line done={here} now={model !== null} word="Ready" />
      </ol>
      {here && ready && (
        <div className="go">
          <Link className="btn primary lg" href={roomPath(ready.room.slug)}>
            Open {ready.room.name}
          </Link>
        </div>
      )}
    </aside>
  );
}
