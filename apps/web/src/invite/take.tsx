'use client';

import { useRouter } from 'next/navigation';
import { Refused } from '../forms/refused';
import { useSend } from '../forms/use-send';
import { roomPath } from '../places';
import { session, useSession } from '../session/use-session';
import { Button } from '../ui/button';

/** Takes an invitation in the browser; whoever has no account makes one first and comes back here. */
export function Take({ code, role }: { code: string; role: 'member' | 'spectator' }) {
  const { status } = useSession();
  const router = useRouter();
  const { busy, refusal, send } = useSend();
  if (status === 'unknown') return <span className="sk take-wait" aria-hidden="true" />;
  if (status === 'guest') {
    const go = (door: string) => () => router.push(`${door}?next=%2Finvite#${code}`);
    return (
      <div className="row take">
        <Button kind="primary" size="lg" onClick={go('/sign-up')}>
          Make an account
        </Button>
        <Button size="lg" onClick={go('/sign-in')}>
          Sign in
        </Button>
      </div>
    );
  }
  const accept = (): void => {
    void send(async () => {
      const { slug } = await session.client.rest.command('invite.accept', { code });
      router.push(role === 'member' ? roomPath(slug) : `/watch/${slug}`);
    });
  };
  return (
    <div className="col take">
      <Button kind="primary" size="lg" busy={busy} onClick={accept}>
        {role === 'member' ? 'Join the room' : 'Watch the room'}
      </Button>
      <Refused refusal={refusal} />
    </div>
  );
}
