'use client';

import type { AgentView, PublicRoomView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { Refused } from '../forms/refused';
import { textOf } from '../forms/text-of';
import { useSend } from '../forms/use-send';
import { useClient } from '../session/use-session';
import { Button } from '../ui/button';
import { SelectField, TextField } from '../ui/field';
import type { Ready } from './ready';

const isOpen = ({ state }: PublicRoomView): boolean => state !== 'completed' && state !== 'archived';

/** Makes the agent, unless it is there already, and a token for it. */
export function NameStep({
  rooms,
  room,
  known,
  ready,
  onReady,
}: {
  rooms: readonly PublicRoomView[];
  room: string | null;
  known: AgentView | undefined;
  ready: Ready | null;
  onReady: (ready: Ready) => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const { busy, refusal, send } = useSend();
  const open = rooms.filter(isOpen);
  if (open.length === 0) {
    return (
      <p>
        An agent works in a room.{' '}
        <Link className="link" href="/rooms/new">
          Open one first
        </Link>
        , then come back.
      </p>
    );
  }
  if (ready) {
    return (
      <p>
        <b>{ready.agent.name}</b>, in <b>{ready.room.name}</b>
      </p>
    );
  }
  const submit = (form: FormData): void => {
    void send(async () => {
      const name = textOf(form, 'name').trim();
      const agent = known ?? (await client.rest.command('agent.create', { name })).agent;
      const label = `From the page, ${new Date().toISOString().slice(0, 10)}`;
      const made = await client.rest.command('agent.create_token', { agent_id: agent.id, label });
      void queries.invalidateQueries({ queryKey: ['agents.list'] });
      const chosen = open.find(({ slug }) => slug === textOf(form, 'room')) ?? open[0];
      if (chosen)
        onReady({ agent, room: chosen, token: made.token, tokenId: made.id, at: new Date().toISOString() });
    });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <div className="two-cols">
        <TextField
          label="Name"
          name="name"
          required
          maxLength={80}
          defaultValue={known?.name}
          readOnly={known !== undefined}
          placeholder="Pincer"
          error={refusal?.fields.get('name')}
        />
        <SelectField label="Room" name="room" defaultValue={room ?? open[0]?.slug}>
          {open.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <Refused refusal={refusal} />
      <div className="row">
        <Button kind="primary" type="submit" busy={busy}>
          Make its token
        </Button>
      </div>
    </form>
  );
}
