'use client';

import { Dialog } from '../ui/dialog';
import { grouped } from './grouped';
import { Keys } from './key-names';
import { useOffered } from './use-actions';

/** Every key that means something on this page. */
export function KeyHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const actions = useOffered().filter(({ keys }) => keys !== undefined);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys">
      {grouped(actions).map(([group, members]) => (
        <section key={group} className="col">
          <h3 className="label">{group}</h3>
          <div className="keys">
            {members.map((action) => (
              <KeyRow key={action.id} label={action.label} keys={action.keys ?? ''} />
            ))}
          </div>
        </section>
      ))}
    </Dialog>
  );
}

const KeyRow = ({ label, keys }: { label: string; keys: string }) => (
  <>
    <span className="t1">{label}</span>
    <Keys keys={keys} />
  </>
);
