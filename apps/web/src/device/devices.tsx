'use client';

import { PUSH_KINDS, type PushKind, type PushSubscriptionView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, useSyncExternalStore } from 'react';
import { LoadError } from '../forms/load-error';
import { useClient, useRead } from '../session/use-session';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/empty';
import { Choice } from '../ui/field';
import { Icon } from '../ui/icons';
import { Age } from '../ui/moment';
import { toast, toastError } from '../ui/toasts';
import { addThisDevice, type PushAbility, pushAbility, removeDevice, thisDevice } from './push';

const WORDS: Readonly<Record<PushKind, string>> = {
  approval: 'Approvals that wait for me',
  question: 'Questions from agents',
  review: 'Pull requests to review',
  conflict: 'Conflicts in my work',
  mention: 'Mentions',
  direct: 'Messages to me alone',
  offer: 'Tasks offered to my agents',
};

const WHY_NOT: Readonly<Record<Exclude<PushAbility, 'able'>, string>> = {
  denied: 'This browser refuses notifications of this site. Allow them in its site settings, then come back.',
  install: 'On this device, add ClawTank to the home screen first: Share, then “Add to Home Screen”.',
  unable: 'This browser shows no notifications.',
};

const never = (): (() => void) => () => undefined;

/** Known only in the browser; null while the server draws the page. */
const usePushAbility = (): PushAbility | null => useSyncExternalStore(never, pushAbility, () => null);

function useChange(): (change: () => Promise<unknown>) => Promise<void> {
  const queries = useQueryClient();
  return async (change) => {
    try {
      await change();
    } catch (error) {
      toastError(error);
    }
    await queries.invalidateQueries({ queryKey: ['push_subscriptions.list'] });
  };
}

/** What the reader has just chosen, shown at once and until the server's list has come with it. */
function useKinds(device: PushSubscriptionView) {
  const client = useClient();
  const change = useChange();
  const [chosen, choose] = useState<readonly PushKind[] | null>(null);
  const newest = useRef<readonly PushKind[]>(null);
  const kinds = chosen ?? device.kinds;
  const set = async (kind: PushKind, on: boolean): Promise<void> => {
    const wanted = PUSH_KINDS.filter((each) => (each === kind ? on : kinds.includes(each)));
    newest.current = wanted;
    choose(wanted);
    await change(() => client.rest.command('push.update', { subscription_id: device.id, kinds: wanted }));
    if (newest.current === wanted) choose(null);
  };
  return { kinds, set };
}

function Kinds({ device }: { device: PushSubscriptionView }) {
  const { kinds, set } = useKinds(device);
  return (
    <fieldset className="kinds">
      <legend className="vh">What {device.label} is told of</legend>
      {PUSH_KINDS.map((kind) => (
        <Choice
          key={kind}
          checked={kinds.includes(kind)}
          onChange={(event) => void set(kind, event.target.checked)}
        >
          {WORDS[kind]}
        </Choice>
      ))}
    </fieldset>
  );
}

function Device({ device, here, served }: { device: PushSubscriptionView; here: boolean; served: number }) {
  const client = useClient();
  const change = useChange();
  const test = async (): Promise<void> => {
    await client.rest.command('push.test', { subscription_id: device.id });
    toast({ title: `A push is on its way to ${device.label}` });
  };
  return (
    <li className="device">
      <div className="item">
        <span className="glyph">
          <Icon name="bell" />
        </span>
        <div className="says">
          <span className="name">
            {device.label} {here && <span className="chip accent">This one</span>}
          </span>
          <div className="meta num">
            <span>{device.service}</span>
            <span>
              {device.last_sent_at ? (
                <>
                  told <Age at={device.last_sent_at} served={served} /> ago
                </>
              ) : (
                'not told of anything yet'
              )}
            </span>
          </div>
        </div>
        <div className="does">
          <Button size="sm" onClick={() => void change(test)} aria-label={`Send a test to ${device.label}`}>
            Test
          </Button>
          <Button
            size="sm"
            onClick={() => void change(() => removeDevice(client, device.id))}
            aria-label={`Remove ${device.label}`}
          >
            Remove
          </Button>
        </div>
      </div>
      <Kinds device={device} />
    </li>
  );
}

function AddThis({ publicKey }: { publicKey: string }) {
  const client = useClient();
  const change = useChange();
  const ability = usePushAbility();
  const [busy, setBusy] = useState(false);
  if (ability === null) return null;
  if (ability !== 'able') return <p className="t2">{WHY_NOT[ability]}</p>;
  const add = async (): Promise<void> => {
    try {
      const added = await addThisDevice(client, publicKey);
      if (!added) toast({ title: 'Not allowed', detail: WHY_NOT.denied });
    } catch (error) {
      // The browser's own words say nothing to a person.
      if (!(error instanceof DOMException)) throw error;
      const detail = 'Its push service could not be reached. Try again later.';
      toast({ title: 'This browser can’t be told of anything now', detail, tone: 'danger' });
    }
  };
  const begin = async (): Promise<void> => {
    setBusy(true);
    await change(add);
    setBusy(false);
  };
  return (
    <div className="row">
      <Button icon="bell" busy={busy} onClick={() => void begin()}>
        Notify me on this device
      </Button>
    </div>
  );
}

/** Where the reader is told of what needs them while no page is open, and of what. */
export function Devices() {
  const [served] = useState(() => Date.now());
  const devices = useRead('push_subscriptions.list', {});
  if (devices.isError) return <LoadError error={devices.error} again={() => void devices.refetch()} />;
  if (!devices.data) return <SkeletonRows rows={1} />;
  const { items, public_key } = devices.data;
  const here = thisDevice();
  return (
    <>
      <p className="t2">Told while no page is open. What is settled meanwhile is not sent.</p>
      {items.length > 0 && (
        <ul className="list devices">
          {items.map((device) => (
            <Device key={device.id} device={device} here={device.id === here} served={served} />
          ))}
        </ul>
      )}
      {!items.some(({ id }) => id === here) && <AddThis publicKey={public_key} />}
    </>
  );
}
