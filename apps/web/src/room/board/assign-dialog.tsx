'use client';

import type { TaskView } from '@clawtank/contracts';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Choice } from '../../ui/field';
import { useCommand, useRoom } from '../room-context';

/** Who shall do it. Agents that are here come first. */
export function AssignDialog({ task, onClose }: { task: TaskView; onClose: () => void }) {
  const agents = useRoom((snapshot) => snapshot.agents);
  const members = useRoom((snapshot) => snapshot.members);
  const [chosen, setChosen] = useState('');
  const { run, busy } = useCommand();
  const give = async (): Promise<void> => {
    if (await run('task.assign', { task_id: task.id, assignee_id: chosen }, 'Not assigned')) onClose();
  };
  const here = agents.toSorted((a, b) => Number(b.connected) - Number(a.connected));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Give ${task.key} to`}
      says={task.title}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={chosen === ''} onClick={() => void give()}>
            Assign
          </Button>
        </>
      }
    >
      <div className="col options" role="radiogroup" aria-label="Assignee">
        {here.map(({ agent, connected, capabilities }) => (
          <Choice
            key={agent.id}
            as="radio"
            name="assignee"
            value={agent.id}
            checked={chosen === agent.id}
            onChange={() => setChosen(agent.id)}
            hint={`${agent.owner_name}’s agent${connected ? '' : ', away'}${capabilities.length > 0 ? ` · ${capabilities.join(', ')}` : ''}`}
          >
            {agent.name}
          </Choice>
        ))}
        {members
          .filter(({ role }) => role !== 'spectator')
          .map(({ user }) => (
            <Choice
              key={user.id}
              as="radio"
              name="assignee"
              value={user.id}
              checked={chosen === user.id}
              onChange={() => setChosen(user.id)}
            >
              {user.display_name}
            </Choice>
          ))}
      </div>
    </Dialog>
  );
}
