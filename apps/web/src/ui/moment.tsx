'use client';

import { age, clock } from '../time/format';
import { useAlive, useMinute, useNow } from '../time/now';

/** How long ago something was, counting. `served` is the server's moment. */
export function Age({ at, served }: { at: string; served: number }) {
  const now = useNow(served);
  return <time dateTime={at}>{age(now - Date.parse(at))}</time>;
}

/** The reader's clock at a moment. Blank until the page is alive: the server does not know the reader's time zone. */
export function Clock({ at, served }: { at: string; served: number }) {
  const alive = useAlive();
  const today = useMinute(served);
  return <time dateTime={at}>{alive ? clock(new Date(at), new Date(today)) : '\u00a0'}</time>;
}
