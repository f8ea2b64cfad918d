import type { Resync } from '@clawtank/contracts';

/** Why a stream can't be resumed at the client's position, if it can't. */
export function positionProblem(
  at: { readonly cursor: number; readonly epoch: string },
  wanted: { readonly after?: number | undefined; readonly epoch?: string | undefined },
): Resync['reason'] | null {
  if (wanted.epoch !== undefined && wanted.epoch !== at.epoch) return 'epoch';
  return (wanted.after ?? 0) > at.cursor ? 'future' : null;
}
