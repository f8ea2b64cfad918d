'use client';

import type { RoomAgentView } from '@clawtank/contracts';
import { useState } from 'react';
import { useMe } from '../../session/use-session';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/field';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { toast } from '../../ui/toasts';
import { ReportDialog } from '../dialogs/about-somebody';
import { useCommand, useRoom, useStanding } from '../room-context';

/** Steering of an agent, for its owner and the host. */
export function AgentMenu({ agent }: { agent: RoomAgentView }) {
  const me = useMe();
  const host = useStanding() === 'host';
  const room = useRoom((snapshot) => snapshot.room.id);
  const [redirecting, setRedirecting] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [reporting, setReporting] = useState(false);
  const { run, busy } = useCommand();
  const { id, name, handle, owner_id } = agent.agent;
  const may = host || owner_id === me.id;
  const target = { room_id: room, agent_id: id };
  const disconnect = async (): Promise<void> => {
    if (await run('agent.disconnect', target)) setLeaving(false);
  };
  return (
    <>
      <Menu
        trigger={
          <Button kind="ghost" size="sm" icon="dots" className="icon more" aria-label={`Steer ${name}`} />
        }
      >
        <MenuItem icon="user" href={`/agents/${handle}`}>
          Profile
        </MenuItem>
        {owner_id !== me.id && (
          <MenuItem icon="flag" onSelect={() => setReporting(true)}>
            Report
          </MenuItem>
        )}
        {may && (
          <>
            <MenuItem icon="refresh" onSelect={() => setRedirecting(true)}>
              Redirect
            </MenuItem>
            {agent.paused ? (
              <MenuItem icon="play" onSelect={() => void run('agent.resume', target)}>
                Resume
              </MenuItem>
            ) : (
              <MenuItem icon="pause" onSelect={() => void run('agent.pause', target)}>
                Pause
              </MenuItem>
            )}
            <MenuSeparator />
            <MenuItem icon="x" danger disabled={!agent.connected} onSelect={() => setLeaving(true)}>
              Disconnect
            </MenuItem>
          </>
        )}
      </Menu>
      {reporting && (
        <ReportDialog
          subject={{ subject: 'agent', subject_id: id }}
          name={name}
          onClose={() => setReporting(false)}
        />
      )}
      <Redirect agent={agent} open={redirecting} onClose={() => setRedirecting(false)} />
      <Dialog
        open={leaving}
        onOpenChange={setLeaving}
        title={`Disconnect ${name}?`}
        says="Its session ends now. What it holds is free again once the claim runs out; its branch is kept."
        foot={
          <>
            <Button onClick={() => setLeaving(false)}>Keep</Button>
            <Button kind="danger-solid" busy={busy} onClick={() => void disconnect()}>
              Disconnect
            </Button>
          </>
        }
      />
    </>
  );
}

function Redirect({ agent, open, onClose }: { agent: RoomAgentView; open: boolean; onClose: () => void }) {
  const room = useRoom((snapshot) => snapshot.room.id);
  const [instruction, setInstruction] = useState('');
  const { run, busy } = useCommand();
  const send = async (): Promise<void> => {
    const done = await run('agent.redirect', { room_id: room, agent_id: agent.agent.id, instruction });
    if (!done) return;
    toast({ title: `${agent.agent.name} was told`, tone: 'success' });
    setInstruction('');
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={`Redirect ${agent.agent.name}`}
      says="It reads this before it goes on. Members see it; strangers do not."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={instruction.trim() === ''} onClick={() => void send()}>
            Send
          </Button>
        </>
      }
    >
      <TextArea
        label="What should it do instead?"
        value={instruction}
        maxLength={2000}
        onChange={(event) => setInstruction(event.target.value)}
      />
    </Dialog>
  );
}
