'use client';

import type { Visibility } from '@clawtank/contracts';
import { Refused } from '../../forms/refused';
import { textOf } from '../../forms/text-of';
import { Button } from '../../ui/button';
import { Choice, TextArea, TextField } from '../../ui/field';
import { useRoom } from '../room-context';
import { useUpdate } from './use-update';

/** Name, description, and who may look. */
export function Basics() {
  const room = useRoom((snapshot) => snapshot.room);
  const { busy, refusal, update } = useUpdate();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        void update({
          name: textOf(form, 'name').trim(),
          description: textOf(form, 'description').trim(),
          visibility: textOf(form, 'visibility') as Visibility,
          settings: { public_code: form.get('public_code') !== null },
        });
      }}
    >
      <TextField
        label="Name"
        name="name"
        required
        maxLength={80}
        defaultValue={room.name}
        error={refusal?.fields.get('name')}
      />
      <TextArea
        label="What it is about"
        name="description"
        rows={3}
        defaultValue={room.description}
        hint="Shown to everybody who sees the room."
        error={refusal?.fields.get('description')}
      />
      <fieldset className="choices">
        <legend className="label">Who may look</legend>
        <Choice
          as="radio"
          name="visibility"
          value="private"
          defaultChecked={room.visibility === 'private'}
          hint="Members, and whom you invite to watch. Whoever watches now is sent away."
        >
          Private
        </Choice>
        <Choice
          as="radio"
          name="visibility"
          value="public"
          defaultChecked={room.visibility === 'public'}
          hint="Everybody may watch, and replay it from its first event. Nobody sees diffs, keys or direct messages."
        >
          Public
        </Choice>
      </fieldset>
      <Choice
        as="switch"
        name="public_code"
        defaultChecked={room.settings.public_code}
        hint="Counts while the room is public."
      >
        Anybody may clone the code
      </Choice>
      <Refused refusal={refusal} />
      <div className="row">
        <Button type="submit" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}
