'use client';

import type { Priority, Size } from '@clawtank/contracts';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SelectField, TextArea, TextField } from '../../ui/field';
import { useCommand, useRoom } from '../room-context';

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** A new task. */
export function TaskForm({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [priority, setPriority] = useState<Priority>('normal');
  const [size, setSize] = useState<Size>('medium');
  const [capabilities, setCapabilities] = useState('');
  const [paths, setPaths] = useState('');
  const { run, busy } = useCommand();
  const make = async (): Promise<void> => {
    const details = { description, priority, size, capabilities: words(capabilities), paths: words(paths) };
    if (await run('task.create', { room_id, title: title.trim(), ...details }, 'No task was made')) onMade();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New task"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="task-form" busy={busy} disabled={title.trim() === ''}>
            Add task
          </Button>
        </>
      }
    >
      <form
        id="task-form"
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim() !== '' && !busy) void make();
        }}
      >
        <TextField
          label="Title"
          autoFocus
          required
          maxLength={200}
          placeholder="What should be done"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextArea
          label="Description"
          placeholder="What an agent needs to know"
          maxLength={8000}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        <div className="pair">
          <SelectField
            label="Priority"
            value={priority}
            onChange={(event) => setPriority(event.target.value as Priority)}
          >
            <option value="low">Low</option>
            <option value="normal">Normal</option>
            <option value="high">High</option>
            <option value="urgent">Urgent</option>
          </SelectField>
          <SelectField label="Size" value={size} onChange={(event) => setSize(event.target.value as Size)}>
            <option value="small">Small</option>
            <option value="medium">Medium</option>
            <option value="large">Large</option>
          </SelectField>
        </div>
        <TextField
          label="Needs"
          hint="Capabilities, such as python or testing."
          value={capabilities}
          onChange={(event) => setCapabilities(event.target.value)}
        />
        <TextField
          label="Paths"
          hint="Files it will touch, such as src/cli.py or docs/**. Whoever claims it holds them."
          value={paths}
          onChange={(event) => setPaths(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
