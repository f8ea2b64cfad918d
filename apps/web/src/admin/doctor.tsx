'use client';

import type { FindingView } from '@clawtank/contracts';
import { LoadError } from '../forms/load-error';
import { useRead } from '../session/use-session';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/empty';
import { Icon } from '../ui/icons';

const LOOKS = {
  ok: { icon: 'check', word: 'Well' },
  warning: { icon: 'warn', word: 'Look at it' },
  broken: { icon: 'x', word: 'Broken' },
} as const;

function Finding({ finding: { part, state, found, mend } }: { finding: FindingView }) {
  const { icon, word } = LOOKS[state];
  return (
    <li className={`finding ${state}`}>
      <Icon name={icon} />
      <div>
        <p>
          <span className="vh">{word}: </span>
          <b>{part.replaceAll('_', ' ')}</b> {found}
        </p>
        {mend && <p className="t2">{mend}</p>}
      </div>
    </li>
  );
}

/** What the server finds by trying its own parts. It asks other servers too, so it looks only when it is told to. */
export function Doctor() {
  const read = useRead('admin.doctor', {}, { staleTime: Number.POSITIVE_INFINITY });
  const again = (): void => void read.refetch();
  return (
    <section className="section">
      <div className="row">
        <h2>Doctor</h2>
        <Button size="sm" className="end" icon="refresh" busy={read.isFetching} onClick={again}>
          Look again
        </Button>
      </div>
      {read.isError && !read.data && <LoadError error={read.error} again={again} />}
      {!read.data && !read.isError && <SkeletonRows rows={4} />}
      {read.data && (
        <ul className="findings">
          {read.data.findings.map((finding) => (
            <Finding key={finding.part + finding.found} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  );
}
