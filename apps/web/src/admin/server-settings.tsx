'use client';

import type { SettingView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Refused } from '../forms/refused';
import { textOf } from '../forms/text-of';
import { useSend } from '../forms/use-send';
import { LoadError } from '../forms/load-error';
import { useClient, useRead } from '../session/use-session';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/empty';

import { Choice, TextField } from '../ui/field';
import { toast } from '../ui/toasts';
import { AdminPage } from './admin-page';

function Setting({ setting }: { setting: SettingView }) {
  const client = useClient();
  const queries = useQueryClient();
  const { busy, refusal, send } = useSend();
  const { name, about, value, default_value: given } = setting;
  const set = async (next: number | boolean | null): Promise<void> => {
    const went = await send(
      async () => void (await client.rest.command('admin.set_setting', { name, value: next })),
    );
    if (went) toast({ title: `${about}: changed on all nodes`, tone: 'success' });
    await queries.invalidateQueries({ queryKey: ['admin.settings'] });
  };
  if (typeof value === 'boolean') {
    return (
      <div className="setting">
        <Choice as="switch" checked={value} disabled={busy} onChange={() => void set(!value)}>
          {about}
        </Choice>
        <Refused refusal={refusal} />
      </div>
    );
  }
  return (
    <form
      className="setting"
      onSubmit={(event) => {
        event.preventDefault();
        void set(Number(textOf(new FormData(event.currentTarget), 'value')));
      }}
    >
      <TextField
        key={String(value)}
        label={about}
        name="value"
        type="number"
        required
        min={setting.min}
        max={setting.max}
        defaultValue={String(value)}
        error={refusal?.says}
        hint={value === given ? name : `${name}; the server was started with ${String(given)}`}
      />
      <Button type="submit" busy={busy} aria-label={`Set: ${about}`}>
        Set
      </Button>
      {value !== given && (
        <Button kind="ghost" onClick={() => void set(null)} aria-label={`Back to ${String(given)}: ${about}`}>
          Back to {String(given)}
        </Button>
      )}
    </form>
  );
}

function Settings() {
  const list = useRead('admin.settings', {});
  if (list.isError) return <LoadError error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <SkeletonRows rows={5} />;
  return (
    <div className="settings-list">
      <p className="t2">A change is in force on every node within seconds, without a restart.</p>
      {list.data.items.map((setting) => (
        <Setting key={setting.name} setting={setting} />
      ))}
    </div>
  );
}

export function AdminSettings() {
  return (
    <AdminPage title="Settings of the server">
      <Settings />
    </AdminPage>
  );
}
