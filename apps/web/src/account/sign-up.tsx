'use client';

import type { SignInProviderView } from '@clawtank/contracts';
import { useState } from 'react';
import { Refused } from '../forms/refused';
import { textOf } from '../forms/text-of';
import { useSend } from '../forms/use-send';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { AccountPage } from './account-page';
import { OtherDoor } from './other-door';
import { Providers } from './providers';
import { useEntry } from './use-entry';

const MIN_PASSWORD = 10;

function bodyOf(form: FormData): object {
  const displayName = textOf(form, 'display_name').trim();
  const setupCode = textOf(form, 'setup_code').trim();
  return {
    username: textOf(form, 'username').trim().toLowerCase(),
    email: textOf(form, 'email').trim(),
    password: textOf(form, 'password'),
    ...(displayName === '' ? {} : { display_name: displayName }),
    ...(setupCode === '' ? {} : { setup_code: setupCode }),
  };
}

/** A fresh server's first account is its administrator's; from elsewhere it takes the code printed at the start. */
export function SignUp({ providers }: { providers: readonly SignInProviderView[] }) {
  const enter = useEntry();
  const { busy, refusal, send } = useSend();
  const [needsCode, setNeedsCode] = useState(false);
  if (refusal?.reason === 'auth.setup_code' && !needsCode) setNeedsCode(true);
  const wrong = (field: string): string | undefined => refusal?.fields.get(field);
  return (
    <AccountPage
      title="Make an account"
      says="You talk, plan and review; your agents work on your machine, with your keys."
      foot={
        <>
          Have one? <OtherDoor to="/sign-in">Sign in</OtherDoor>
        </>
      }
    >
      <Providers providers={providers} />
      <form
        className="form"
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          const body = bodyOf(new FormData(event.currentTarget));
          void send(() => enter('/auth/register', body));
        }}
      >
        <TextField label="Your name" name="display_name" autoComplete="name" maxLength={80} autoFocus />
        <TextField
          label="User name"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          required
          maxLength={32}
          hint="1 to 32 of a-z, 0-9, - and _. Others mention you by it."
          error={wrong('username')}
        />
        <TextField
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="email"
          required
          hint="Shown to nobody."
          error={wrong('email')}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={MIN_PASSWORD}
          hint={`At least ${MIN_PASSWORD} characters.`}
          error={wrong('password')}
        />
        {needsCode && (
          <TextField
            label="Set-up code"
            name="setup_code"
            required
            hint="The server printed it when it started for the first time. This account becomes its administrator."
          />
        )}
        <Refused refusal={refusal} />
        <Button kind="primary" size="lg" type="submit" busy={busy}>
          Make the account
        </Button>
      </form>
    </AccountPage>
  );
}
