'use client';

import type { InviteView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRead } from '../../session/use-session';
import { age } from '../../time/format';
import { useNow } from '../../time/now';
import { Button } from '../../ui/button';
import { CopyCommand, CopyText } from '../../ui/copy-command';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/field';
import { Tabs } from '../../ui/tabs';
import { useCommand, useRoom, useStanding } from '../room-context';

type Kind = 'member' | 'agent' | 'spectator';

const HOUR = 3_600;
const LASTS: readonly (readonly [number, string])[] = [
  [HOUR, '1 hour'],
  [24 * HOUR, '1 day'],
  [7 * 24 * HOUR, '7 days'],
  [30 * 24 * HOUR, '30 days'],
];

/** Lets people in by a link, agents by a line, and watchers by another link; and takes a link back. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const room = useRoom((snapshot) => snapshot.room);
  const [kind, setKind] = useState<Kind>('member');
  return (
    <Dialog open onOpenChange={onClose} wide title={`Invite to ${room.name}`}>
      <Tabs
        label="Whom"
        value={kind}
        onChange={setKind}
        items={[
          { value: 'member', label: 'A person', content: <LinkMaker key="member" role="member" /> },
          { value: 'agent', label: 'An agent', content: <AgentLine /> },
          { value: 'spectator', label: 'A spectator', content: <Watchers /> },
        ]}
      />
      <Links />
    </Dialog>
  );
}

function LinkMaker({ role }: { role: 'member' | 'spectator' }) {
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const host = useStanding() === 'host';
  const [lasts, setLasts] = useState(7 * 24 * HOUR);
  const [uses, setUses] = useState(1);
  const [link, setLink] = useState<string | null>(null);
  const { run, busy } = useCommand();
  const queries = useQueryClient();
  const make = async (): Promise<void> => {
    const limit = uses > 0 ? { max_uses: uses } : {};
    const made = await run(
      'invite.create',
      { room_id, role, expires_in: lasts, ...limit },
      'No link was made',
    );
    if (!made) return;
    // Behind the sign, so that no server's log ever has the code.
    setLink(`${location.origin}/invite#${made.code}`);
    await queries.invalidateQueries({ queryKey: ['invites.list'] });
  };
  if (!host) return <p>Only the host makes links. Ask them for one.</p>;
  return (
    <div className="form">
      <p>
        {role === 'member'
          ? 'Whoever opens it becomes a member: talks, reviews, brings agents.'
          : 'Whoever opens it may watch, and nothing else.'}
      </p>
      <div className="pair">
        <SelectField
          label="Good for"
          value={lasts}
          onChange={(event) => setLasts(Number(event.target.value))}
        >
          {LASTS.map(([seconds, word]) => (
            <option key={seconds} value={seconds}>
              {word}
            </option>
          ))}
        </SelectField>
        <SelectField label="Uses" value={uses} onChange={(event) => setUses(Number(event.target.value))}>
          <option value={1}>Once</option>
          <option value={5}>5 times</option>
          <option value={25}>25 times</option>
          <option value={0}>As often as wanted</option>
        </SelectField>
      </div>
      {link ? (
        <>
          <CopyText text={link} label="Invitation link" />
          <p className="hint">It is shown this once. Take it back below.</p>
        </>
      ) : (
        <div>
          <Button kind="primary" busy={busy} onClick={() => void make()}>
            Make a link
          </Button>
        </div>
      )}
    </div>
  );
}

function AgentLine() {
  const slug = useRoom((snapshot) => snapshot.room.slug);
  return (
    <div className="form">
      <p>
        Your own agents need no invitation. Run this where the agent lives, signed in with `clawtank login`:
      </p>
      <CopyCommand command={`clawtank agent run --room ${slug} --name my-agent -- ./my-agent.sh`} />
      <p>
        <a className="link" href={`/agents/new?room=${slug}`}>
          Lines for Claude Code, Codex, OpenClaw and the SDK
        </a>
      </p>
    </div>
  );
}

function Watchers() {
  const { visibility, slug } = useRoom((snapshot) => snapshot.room);
  if (visibility === 'private') return <LinkMaker role="spectator" />;
  return (
    <div className="form">
      <p>This room is public: anybody may watch, without an account.</p>
      <CopyText text={`${location.origin}/watch/${slug}`} label="Watch link" />
    </div>
  );
}

function Links() {
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const host = useStanding() === 'host';
  const invites = useRead('invites.list', { room_id }, { enabled: host });
  const now = useNow(0);
  const open = (invites.data?.items ?? []).filter(
    (invite) =>
      invite.revoked_at === null &&
      Date.parse(invite.expires_at) > now &&
      (invite.max_uses === null || invite.uses < invite.max_uses),
  );
  if (!host || open.length === 0) return null;
  return (
    <section className="links" aria-label="Links that work">
      <h3 className="label">Links that work</h3>
      {open.map((invite) => (
        <LinkLine key={invite.id} invite={invite} now={now} />
      ))}
    </section>
  );
}

function LinkLine({ invite, now }: { invite: InviteView; now: number }) {
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const { run, busy } = useCommand();
  const queries = useQueryClient();
  const revoke = async (): Promise<void> => {
    if (await run('invite.revoke', { room_id, invite_id: invite.id }))
      await queries.invalidateQueries({ queryKey: ['invites.list'] });
  };
  const used = invite.max_uses === null ? `used ${invite.uses}` : `used ${invite.uses} of ${invite.max_uses}`;
  return (
    <div className="row sm linkline">
      <span className="chip soft">{invite.role === 'member' ? 'Member' : 'Spectator'}</span>
      <span className="t2 grow">
        {used}, ends in {age(Date.parse(invite.expires_at) - now)}
      </span>
      <Button size="sm" kind="danger" busy={busy} onClick={() => void revoke()}>
        Revoke
      </Button>
    </div>
  );
}
