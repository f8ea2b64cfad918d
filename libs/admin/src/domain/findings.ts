import { ailing, type Finding, well } from '@clawtank/kernel';

export type DatabaseAnswer =
  | { readonly version: string; readonly tookMs: number; readonly migrated: boolean }
  | { readonly unreachable: string };

export function databaseFinding(answer: DatabaseAnswer): Finding {
  if ('unreachable' in answer)
    return ailing(
      'database',
      'broken',
      `PostgreSQL can’t be asked: ${answer.unreachable}`,
      'See that PostgreSQL runs, and that DATABASE_URL names it and a user that may use it.',
    );
  const { version, tookMs, migrated } = answer;
  if (!migrated)
    return ailing(
      'database',
      'broken',
      'The schema is not the one of this program.',
      'Start one node of this version alone: it brings the schema up to date before it serves.',
    );
  return well(
    'database',
    `PostgreSQL ${version.split(' ')[0] ?? ''} answers in ${String(tookMs)} ms, schema up to date.`,
  );
}

export interface Backlog {
  readonly now: Date;
  readonly deliveries: {
    readonly waiting: number;
    readonly oldestWaiting: Date | null;
    /** Given up after several tries. */
    readonly dead: number;
    readonly last: Date | null;
  };
  readonly stuckConsumers: number;
  readonly failedJobs: number;
}

const LONG_WAIT_MS = 300_000;

const ago = (then: Date, now: Date): string => {
  const minutes = Math.max(0, Math.round((now.getTime() - then.getTime()) / 60_000));
  if (minutes < 120) return `${String(minutes)} min ago`;
  return minutes < 2_880
    ? `${String(Math.round(minutes / 60))} h ago`
    : `${String(Math.round(minutes / 1_440))} d ago`;
};

/** What lies about unhandled. */
export function backlogFindings({
  now,
  deliveries,
  stuckConsumers,
  failedJobs,
}: Backlog): readonly Finding[] {
  return [
    deliveryFinding(deliveries, now),
    stuckConsumers === 0
      ? well('consumers', 'Every consumer of the log goes on.')
      : ailing(
          'consumers',
          'broken',
          `${String(stuckConsumers)} can’t get past an event.`,
          'See which and why with clawtank admin dead-letters, mend that, then: clawtank admin dead-letters retry.',
        ),
    failedJobs === 0
      ? well('jobs', 'No recurring job has failed.')
      : ailing(
          'jobs',
          'warning',
          `${String(failedJobs)} runs of recurring jobs have failed.`,
          'See why with clawtank admin jobs list --state failed, then: clawtank admin jobs retry.',
        ),
  ];
}

function deliveryFinding({ waiting, oldestWaiting, dead, last }: Backlog['deliveries'], now: Date): Finding {
  const lastWords = last ? `The last one came ${ago(last, now)}` : 'No git host has delivered anything yet';
  if (oldestWaiting && now.getTime() - oldestWaiting.getTime() > LONG_WAIT_MS)
    return ailing(
      'deliveries',
      'broken',
      `${String(waiting)} wait, the oldest since ${ago(oldestWaiting, now).replace(' ago', '')}. ${lastWords}.`,
      'One process at least must run with CLAWTANK_WORKERS=true; its log says what keeps it.',
    );
  if (dead > 0)
    return ailing(
      'deliveries',
      'warning',
      `${String(dead)} were given up after several tries. ${lastWords}.`,
      'See why with clawtank admin deliveries, then: clawtank admin deliveries redeliver.',
    );
  return well(
    'deliveries',
    `${lastWords}; ${waiting === 0 ? 'none waits' : `${String(waiting)} being handled`}.`,
  );
}
