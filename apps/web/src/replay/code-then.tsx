import type { SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';
import { useMemo } from 'react';
import { counted } from '../time/format';
import { Icon } from '../ui/icons';
import { codeAfter } from './code';

/** Where the code stood at the replay's moment. */
export function CodeThen({
  events,
  pulls,
}: {
  events: readonly SpectatorEvent[];
  pulls: SpectatorSnapshot['pull_requests'];
}) {
  const code = useMemo(() => codeAfter(events), [events]);
  const open = pulls.filter(({ state }) => state === 'open').length;
  return (
    <section className="sec code-then" aria-label="Code then">
      <h2 className="hd">Code</h2>
      {code.main ? (
        <div className="lease">
          <Icon name="branch" />
          <span className="mono cut">
            {code.main.name} <span className="t3">{code.main.sha.slice(0, 7)}</span>
          </span>
        </div>
      ) : (
        <p className="t3 sm pad">No commit yet.</p>
      )}
      {code.last && (
        <div className="lease">
          <Icon name="commit" />
          <span className="cut">
            {code.last.message} <span className="t3">{code.last.author}</span>
          </span>
        </div>
      )}
      {code.main && (
        <p className="t2 sm pad num">
          {counted(code.branches, 'branch', 'branches')}, {counted(open, 'pull request')} open
        </p>
      )}
    </section>
  );
}
