'use client';

import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { Icon } from '../ui/icons';
import { grouped } from './grouped';
import { Keys } from './key-names';
import type { Action } from './registry';
import { useOffered } from './use-actions';

/** Everything that can be done here, found by its words. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const actions = useOffered();
  const choose = (action: Action): void => {
    onOpenChange(false);
    // After the palette has given the focus back, so that the action may take it.
    setTimeout(action.run);
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="palette" aria-describedby={undefined}>
          <Dialog.Title className="vh">What do you want to do?</Dialog.Title>
          <Command loop label="Commands">
            <div className="in">
              <Icon name="search" />
              <Command.Input placeholder="Go somewhere or do something" />
            </div>
            <Command.List>
              <Command.Empty>Nothing by that name here.</Command.Empty>
              {grouped(actions.filter((action) => !action.silent)).map(([group, members]) => (
                <Command.Group key={group} heading={group}>
                  {members.map((action) => (
                    <Command.Item
                      key={action.id}
                      value={`${action.label} ${action.words ?? ''} ${action.id}`}
                      onSelect={() => choose(action)}
                    >
                      <Icon name={action.icon ?? 'right'} />
                      <span className="grow cut">{action.label}</span>
                      {action.keys && <Keys keys={action.keys} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
          <div className="foot hide-s">
            <span>
              <kbd>↑</kbd> <kbd>↓</kbd> choose
            </span>
            <span>
              <kbd>↵</kbd> run
            </span>
            <span className="end">
              <kbd>?</kbd> all keys
            </span>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
