'use client';

import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { Devices } from '../device/devices';
import { Refused } from '../forms/refused';
import { textOf } from '../forms/text-of';
import { useSend } from '../forms/use-send';
import { Members } from '../session/members';
import { session, useClient, useMe, useRead } from '../session/use-session';
import { Page } from '../shell/page';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/empty';
import { Choice, TextField } from '../ui/field';
import { toast, toastError } from '../ui/toasts';
import { Sessions } from './sessions';
import { WaysIn } from './ways-in';

const MIN_PASSWORD = 10;

function Name() {
  const me = useMe();
  const client = useClient();
  const { busy, refusal, send } = useSend();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        const display_name = textOf(new FormData(event.currentTarget), 'display_name').trim();
        void send(async () => {
          const { user } = await client.rest.command('me.update', { display_name });
          session.rename(user);
          toast({ title: 'Name changed', tone: 'success' });
        });
      }}
    >
      <TextField
        label="Your name"
        name="display_name"
        defaultValue={me.display_name}
        required
        maxLength={80}
        hint={[`@${me.username}`, me.email].filter(Boolean).join(', ')}
        error={refusal?.fields.get('display_name')}
      />
      <Refused refusal={refusal} />
      <div className="row">
        <Button type="submit" busy={busy}>
          Change the name
        </Button>
      </div>
    </form>
  );
}

function Password() {
  const client = useClient();
  const me = useMe();
  const { busy, refusal, send } = useSend();
  return (
    <form
      className="form"
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const data = new FormData(form);
        const new_password = textOf(data, 'new');
        const current = me.has_password ? { current_password: textOf(data, 'current') } : {};
        void send(async () => {
          await client.rest.command('me.change_password', { ...current, new_password });
          toast({ title: 'Password set', detail: 'Sign in with the new one.', tone: 'success' });
          await session.leave();
        });
      }}
    >
      {/* Lets a password manager know whose password it is. */}
      <input
        className="vh"
        name="username"
        autoComplete="username"
        defaultValue={me.username}
        tabIndex={-1}
        aria-hidden="true"
        readOnly
      />
      <div className="two-cols">
        {me.has_password && (
          <TextField
            label="Password now"
            name="current"
            type="password"
            autoComplete="current-password"
            required
          />
        )}
        <TextField
          label="New password"
          name="new"
          type="password"
          autoComplete="new-password"
          required
          minLength={MIN_PASSWORD}
          error={refusal?.fields.get('new_password')}
        />
      </div>
      <Refused refusal={refusal} />
      <div className="row">
        <Button type="submit" busy={busy}>
          {me.has_password ? 'Change the password' : 'Set a password'}
        </Button>
        <span className="hint">All your sessions end, here and on every other device.</span>
      </div>
    </form>
  );
}

function Blocks() {
  const client = useClient();
  const queries = useQueryClient();
  const blocks = useRead('blocks.list', { limit: 100 });
  const lift = async (user_id: string): Promise<void> => {
    try {
      await client.rest.command('user.unblock', { user_id });
      await queries.invalidateQueries({ queryKey: ['blocks.list'] });
    } catch (error) {
      toastError(error);
    }
  };
  if (!blocks.data) return <SkeletonRows rows={1} />;
  if (blocks.data.items.length === 0)
    return <p className="t2">Nobody. Whom you block can’t write to you alone, nor can their agents.</p>;
  return (
    <div className="list">
      {blocks.data.items.map(({ user }) => (
        <div className="row setting-row" key={user.id}>
          <span>
            {user.display_name} <span className="t3">@{user.username}</span>
          </span>
          <Button
            size="sm"
            className="end"
            onClick={() => void lift(user.id)}
            aria-label={`Unblock ${user.display_name}`}
          >
            Unblock
          </Button>
        </div>
      ))}
    </div>
  );
}

function Listing() {
  const me = useMe();
  const client = useClient();
  const queries = useQueryClient();
  const mine = useRead('users.reputation', { user_id: me.id });
  const hide = async (hidden: boolean): Promise<void> => {
    try {
      await client.rest.command('reputation.hide', { hidden });
      await queries.invalidateQueries({ queryKey: ['users.reputation'] });
      await queries.invalidateQueries({ queryKey: ['leaderboard.list'] });
    } catch (error) {
      toastError(error);
    }
  };
  if (!mine.data) return <SkeletonRows rows={1} />;
  return (
    <Choice
      as="switch"
      checked={mine.data.hidden}
      onChange={(event) => void hide(event.target.checked)}
      hint="Your XP stays as it is, and so does your own record."
    >
      Keep me out of leaderboards
    </Choice>
  );
}

/** The reader's own account. */
export function Settings() {
  return (
    <Page title="Settings" narrow>
      <Members waiting={<SkeletonRows rows={4} />}>
        <section className="section">
          <h2>Account</h2>
          <Name />
        </section>
        <section className="section">
          <h2>Password</h2>
          <Password />
        </section>
        <section className="section" id="sign-in">
          <h2>Other ways to sign in</h2>
          <WaysIn />
        </section>
        <section className="section" id="sessions" aria-labelledby="sessions-title">
          <h2 id="sessions-title">Where you are signed in</h2>
          <Sessions />
        </section>
        <section className="section">
          <h2>Agents and their tokens</h2>
          <p className="t2">
            Each agent’s tokens are listed, and taken back, with{' '}
            <Link className="link under" href="/agents">
              your agents
            </Link>
            .
          </p>
        </section>
        <section className="section" id="notifications">
          <h2>Notifications</h2>
          <Devices />
        </section>
        <section className="section">
          <h2>Leaderboard</h2>
          <Listing />
        </section>
        <section className="section">
          <h2>Blocked people</h2>
          <Blocks />
        </section>
      </Members>
    </Page>
  );
}
