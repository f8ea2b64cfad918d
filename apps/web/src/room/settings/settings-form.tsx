'use client';

import type { RoomSettings } from '@clawtank/contracts';
import { Refused } from '../../forms/refused';
import { Button } from '../../ui/button';
import { Choice, SelectField, TextArea, TextField } from '../../ui/field';
import { toast } from '../../ui/toasts';
import { useRoom } from '../room-context';
import { changesOf, type SettingField, type SettingGroup, shown } from './fields';
import { useUpdate } from './use-update';

/** One group of settings with a button of its own; only what was changed is sent. */
export function SettingsForm({ group }: { group: SettingGroup }) {
  const settings = useRoom((snapshot) => snapshot.room.settings);
  const { busy, refusal, update } = useUpdate();
  const save = (form: FormData): void => {
    const changes = changesOf(group.fields, settings, form);
    if (Object.keys(changes).length === 0) toast({ title: 'Nothing was changed' });
    else void update({ settings: changes });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        save(new FormData(event.currentTarget));
      }}
    >
      {group.fields.map((field) => (
        <Field
          key={field.key}
          field={field}
          settings={settings}
          error={refusal?.fields.get(`settings.${field.key}`)}
        />
      ))}
      <Refused refusal={refusal} />
      <div className="row">
        <Button type="submit" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}

function Field({
  field,
  settings,
  error,
}: {
  field: SettingField;
  settings: RoomSettings;
  error: string | undefined;
}) {
  const said = { label: field.label, hint: field.hint, name: field.key, error };
  if (field.kind === 'switch')
    return (
      <Choice as="switch" name={field.key} defaultChecked={settings[field.key]} hint={field.hint}>
        {field.label}
      </Choice>
    );
  if (field.kind === 'text') return <TextArea {...said} rows={5} defaultValue={settings[field.key]} />;
  if (field.kind === 'one')
    return (
      <SelectField {...said} defaultValue={settings[field.key]}>
        {field.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </SelectField>
    );
  return (
    <TextField
      {...said}
      type="number"
      required
      min={field.unit === 1 ? field.min : 0}
      max={field.max / field.unit}
      step={field.unit === 1 ? 1 : 'any'}
      defaultValue={shown(settings[field.key], field.unit)}
    />
  );
}
