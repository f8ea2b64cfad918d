'use client';

import type { CommandInputOf, CommandName, CommandReplyOf } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../forms/refused';
import { textOf } from '../forms/text-of';
import { useSend } from '../forms/use-send';
import { useClient } from '../session/use-session';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { toast } from '../ui/toasts';

type AdminCommand = Extract<CommandName, `admin.${string}`>;

interface ActProps<N extends AdminCommand> {
  readonly command: N;
  readonly input: Omit<CommandInputOf<N>, 'reason'>;
  /** The button, and the dialog's own. */
  readonly word: string;
  readonly title: string;
  /** What follows from it. */
  readonly says: string;
  readonly danger?: boolean;
  readonly onDone?: (reply: CommandReplyOf<N>) => void;
}

/** An act that is asked about once more, with room for a reason. It stands in the audit log from then on. */
export function Act<N extends AdminCommand>({
  command,
  input,
  word,
  title,
  says,
  danger,
  onDone,
}: ActProps<N>) {
  const client = useClient();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const { busy, refusal, send } = useSend();
  const submit = async (form: FormData): Promise<void> => {
    const reason = textOf(form, 'reason').trim();
    const whole = { ...input, ...(reason === '' ? {} : { reason }) } as CommandInputOf<N>;
    const went = await send(async () => {
      const reply = await client.rest.command(command, whole);
      onDone?.(reply);
    });
    if (!went) return;
    setOpen(false);
    toast({ title: `${word}: done`, tone: 'success' });
    await queries.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[0]).startsWith('admin.'),
    });
  };
  return (
    <>
      <Button
        size="sm"
        kind={danger ? 'danger' : 'plain'}
        onClick={() => setOpen(true)}
        aria-label={`${word}: ${title}`}
      >
        {word}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title} says={says}>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            void submit(new FormData(event.currentTarget));
          }}
        >
          <TextField label="Why" name="reason" maxLength={200} hint="For the audit log." />
          <Refused refusal={refusal} />
          <div className="row">
            <Button className="end" type="submit" kind={danger ? 'danger-solid' : 'primary'} busy={busy}>
              {word}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

/** A repair that needs no second question. */
export function Repair<N extends AdminCommand>({
  command,
  input,
  word,
  about,
}: {
  command: N;
  input: CommandInputOf<N>;
  word: string;
  about: string;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const { busy, send } = useSend();
  const run = async (): Promise<void> => {
    const went = await send(async () => void (await client.rest.command(command, input)));
    toast(
      went ? { title: `${word}: done`, tone: 'success' } : { title: 'That did not work', tone: 'danger' },
    );
    await queries.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[0]).startsWith('admin.'),
    });
  };
  return (
    <Button size="sm" busy={busy} onClick={() => void run()} aria-label={`${word}: ${about}`}>
      {word}
    </Button>
  );
}
