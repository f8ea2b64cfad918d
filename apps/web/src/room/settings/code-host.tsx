'use client';

import type { ConnectionView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Refused } from '../../forms/refused';
import { textOf } from '../../forms/text-of';
import { useSend } from '../../forms/use-send';
import { useClient } from '../../session/use-session';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { toast } from '../../ui/toasts';
import { HOSTS, TokenField } from '../hosts';
import { useRoom } from '../room-context';
import { useConnection } from '../use-connection';

/** How the room is connected to GitHub or GitLab, what stands in the way there, and another token for it. */
export function CodeHost() {
  const connection = useConnection();
  if (!connection) return null;
  const host = HOSTS[connection.host];
  return (
    <section className="section" aria-label={host}>
      <h2>{host}</h2>
      <p>
        <a href={connection.url} rel="noreferrer" target="_blank">
          {connection.full_name}
        </a>{' '}
        <span className="t3">
          is opened by {connection.opened_by === 'token' ? 'a token of this room' : 'what this server holds'}.
        </span>
      </p>
      <News connection={connection} />
      {connection.obstacles.map(({ found, mend }) => (
        <div className="banner warning" key={found}>
          <Icon name="warn" />
          <span className="grow">
            {found} <span className="t3">{mend}</span>
          </span>
        </div>
      ))}
      <NewToken connection={connection} />
    </section>
  );
}

function News({ connection }: { connection: ConnectionView }) {
  const host = HOSTS[connection.host];
  if (connection.news === 'webhook') return <p className="hint">{host} tells of news at once.</p>;
  return (
    <div className="banner warning">
      <Icon name="warn" />
      <span className="grow">
        News arrives by a regular look only. <span className="t3">{connection.news_trouble}</span>
      </span>
    </div>
  );
}

function NewToken({ connection }: { connection: ConnectionView }) {
  const client = useClient();
  const queries = useQueryClient();
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const { busy, refusal, send } = useSend();
  const submit = (form: HTMLFormElement): void => {
    void send(async () => {
      const token = textOf(new FormData(form), 'token').trim();
      const done = await client.rest.command('git.set_token', { room_id, token });
      form.reset();
      queries.setQueryData(['repository.connection', room_id], done);
      toast({ title: `${HOSTS[connection.host]} takes the new token`, tone: 'success' });
    });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <TokenField host={connection.host} error={refusal?.fields.get('token')} />
      <Refused refusal={refusal} />
      <div className="row">
        <Button type="submit" busy={busy}>
          Replace the token
        </Button>
      </div>
    </form>
  );
}
