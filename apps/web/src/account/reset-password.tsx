'use client';

import { Refused } from '../forms/refused';
import { textOf } from '../forms/text-of';
import { useSend } from '../forms/use-send';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { AccountPage } from './account-page';
import { useEntry } from './use-entry';

const MIN_PASSWORD = 10;

/** Where an administrator's link leads. The code stands behind the `#`, so that it reaches no log. */
export function ResetPassword() {
  const enter = useEntry();
  const { busy, refusal, send } = useSend();
  return (
    <AccountPage title="Set a new password" says="All sessions of this account end; you are signed in here.">
      <form
        className="form"
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          const password = textOf(new FormData(event.currentTarget), 'password');
          void send(() => enter('/auth/password-reset', { code: location.hash.slice(1), password }));
        }}
      >
        <TextField
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={MIN_PASSWORD}
          hint={`At least ${MIN_PASSWORD} characters.`}
          error={refusal?.fields.get('password')}
          autoFocus
        />
        <Refused refusal={refusal} />
        <Button kind="primary" size="lg" type="submit" busy={busy}>
          Set it and sign in
        </Button>
      </form>
    </AccountPage>
  );
}
