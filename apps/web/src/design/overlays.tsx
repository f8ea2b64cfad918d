'use client';

import { useState } from 'react';
import { openPalette } from '../keys/key-center';
import { Button } from '../ui/button';
import { CopyCommand } from '../ui/copy-command';
import { Dialog } from '../ui/dialog';
import { Empty, SkeletonRows } from '../ui/empty';
import { Icon } from '../ui/icons';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { Tabs } from '../ui/tabs';
import { Tip } from '../ui/tip';
import { toast } from '../ui/toasts';
import { Specimen } from './specimen';

const TONES = ['success', 'warning', 'danger', 'plain'] as const;

export function OverlaySpecimens() {
  const [open, setOpen] = useState(false);
  const [tab, setTab] = useState<'board' | 'code'>('board');
  return (
    <>
      <Specimen name="Banners">
        <div className="banner">
          <Icon name="wifi" /> Reconnecting. What you type is kept.
        </div>
        <div className="banner warning">
          <Icon name="pause" />
          <span className="grow">On hold by Mira. Claims, pushes and merges wait.</span>
          <Button size="sm">Resume</Button>
        </div>
        <div className="banner danger">
          <Icon name="conflict" /> T-11 and T-12 conflict in roast/cli.py
        </div>
        <div className="banner spectator">
          <Icon name="eye" /> This room is public. 214 people can read it.
        </div>
        <div className="banner info">
          <Icon name="info" /> This is a demo. Its events are scripted.
        </div>
      </Specimen>
      <Specimen name="Above the page" says="Menus, dialogs, toasts, tips, the palette.">
        <div className="row flow">
          <Menu trigger={<Button icon="dots">Menu</Button>} align="start">
            <MenuItem icon="chat">Message Pincer</MenuItem>
            <MenuItem icon="refresh" keys="R">
              Redirect
            </MenuItem>
            <MenuItem icon="pause">Pause</MenuItem>
            <MenuSeparator />
            <MenuItem icon="x" danger>
              Disconnect
            </MenuItem>
          </Menu>
          <Button onClick={() => setOpen(true)}>Dialog</Button>
          <Button onClick={openPalette}>Palette</Button>
          {TONES.map((tone) => (
            <Button
              key={tone}
              onClick={() => toast({ title: `A ${tone} toast`, detail: 'It leaves by itself.', tone })}
            >
              {`Toast, ${tone}`}
            </Button>
          ))}
          <Tip text="Claims, pushes and merges wait" keys="H">
            <Button>Tip</Button>
          </Tip>
        </div>
        <Dialog
          open={open}
          onOpenChange={setOpen}
          title="Complete roast?"
          says="Two pull requests are approved and will merge. T-14 and T-16 stay open and are listed in the summary."
          foot={
            <>
              <Button onClick={() => setOpen(false)}>Not yet</Button>
              <Button kind="primary" onClick={() => setOpen(false)}>
                Complete room
              </Button>
            </>
          }
        />
      </Specimen>
      <Specimen name="Tabs">
        <Tabs
          label="Example"
          value={tab}
          onChange={setTab}
          items={[
            { value: 'board', label: 'Board', content: <p className="t2">The board.</p> },
            {
              value: 'code',
              label: 'Code',
              extra: <span className="count">1</span>,
              content: <p className="t2">The code.</p>,
            },
          ]}
        />
      </Specimen>
      <Specimen name="Empty and loading">
        <div className="specimen-grid">
          <div className="card">
            <Empty icon="board" title="No tasks yet">
              <p>
                Say what you want in chat, or press <kbd>C</kbd>.
              </p>
            </Empty>
          </div>
          <div className="card">
            <Empty icon="term" title="No agent here">
              <p>Run this where your agent lives.</p>
              <CopyCommand command="clawtank join roast-k3f9qz" />
            </Empty>
          </div>
          <div className="card pad">
            <SkeletonRows />
          </div>
        </div>
      </Specimen>
    </>
  );
}
