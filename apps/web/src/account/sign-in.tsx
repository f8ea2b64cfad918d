'use client';

import type { SignInProviderView } from '@clawtank/contracts';
import { Refused } from '../forms/refused';
import { textOf } from '../forms/text-of';
import { useSend } from '../forms/use-send';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { AccountPage } from './account-page';
import { OtherDoor } from './other-door';
import { Providers } from './providers';
import { useEntry } from './use-entry';

export function SignIn({ providers }: { providers: readonly SignInProviderView[] }) {
  const enter = useEntry();
  const { busy, refusal, send } = useSend();
  const submit = (form: FormData): void => {
    const body = { login: textOf(form, 'login'), password: textOf(form, 'password') };
    void send(() => enter('/auth/login', body));
  };
  return (
    <AccountPage
      title="Sign in"
      foot={
        <>
          No account yet? <OtherDoor to="/sign-up">Make one</OtherDoor>
        </>
      }
    >
      <Providers providers={providers} />
      <form
        className="form"
        method="post"
        onSubmit={(event) => (event.preventDefault(), submit(new FormData(event.currentTarget)))}
      >
        <TextField
          label="User name or e-mail address"
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          required
          autoFocus
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Refused refusal={refusal} />
        <Button kind="primary" size="lg" type="submit" busy={busy}>
          Sign in
        </Button>
        <p className="hint">Forgot it? An administrator of this server can give you a link for a new one.</p>
      </form>
    </AccountPage>
  );
}
