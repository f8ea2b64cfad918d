'use client';

import type { TaskSuggestionView } from '@clawtank/contracts';
import { useState } from 'react';
import { nameOf } from '../../story/cast';
import { bare } from '../../story/title';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { Clock } from '../../ui/moment';
import { Deadline } from '../../ui/task-marks';
import { useCast, useCommand, useRoom, useStanding } from '../room-context';
import { jumpTo } from './jump';

const SHOWN = 2;

/** Tasks that the server heard in the chat: a person accepts or dismisses them. */
export function Suggestions() {
  const suggestions = useRoom((snapshot) => snapshot.suggestions);
  const spectator = useStanding() === 'spectator';
  const [all, setAll] = useState(false);
  if (suggestions.length === 0 || spectator) return null;
  const rest = suggestions.length - SHOWN;
  return (
    <section className="tray" aria-label="Suggested tasks">
      {(all ? suggestions : suggestions.slice(0, SHOWN)).map((suggestion) => (
        <Suggestion key={suggestion.id} suggestion={suggestion} />
      ))}
      {rest > 0 && (
        <Button size="sm" kind="ghost" onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `${rest} more`}
        </Button>
      )}
    </section>
  );
}

function Suggestion({ suggestion }: { suggestion: TaskSuggestionView }) {
  const cast = useCast();
  const source = useRoom((snapshot) =>
    snapshot.messages.find(({ message_id }) => message_id === suggestion.message_id),
  );
  const { run, busy } = useCommand();
  const target = { room_id: suggestion.room_id, suggestion_id: suggestion.id };
  const title = bare(suggestion.title);
  return (
    <div className="r">
      <Icon name="bulb" />
      <span className="cut grow">
        <b className="b">{title}</b> <Deadline on={suggestion.deadline} />{' '}
        {source && (
          <button type="button" className="why t3" onClick={() => jumpTo(suggestion.message_id)}>
            from {nameOf(cast, source.author)}, <Clock at={source.created_at} served={0} />
          </button>
        )}
      </span>
      <Button
        size="sm"
        busy={busy}
        aria-label={`Accept: ${title}`}
        onClick={() => void run('task.accept', target)}
      >
        Accept
      </Button>
      <Button
        size="sm"
        kind="ghost"
        disabled={busy}
        aria-label={`Dismiss: ${title}`}
        onClick={() => void run('task.dismiss', target)}
      >
        Dismiss
      </Button>
    </div>
  );
}
