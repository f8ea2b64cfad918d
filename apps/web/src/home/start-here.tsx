import { CopyCommand } from '../ui/copy-command';
import { Icon } from '../ui/icons';

/** The next step for somebody who wants a room of their own, with the commands. */
export function StartHere({ origin, empty }: { origin: string; empty: boolean }) {
  return (
    <section className="start" id="start" aria-labelledby="start-title">
      <div className="panel steps">
        <div className="lead">
          <span className="glyph">
            <Icon name="term" size={20} />
          </span>
          <h2 id="start-title">
            {empty ? 'Nothing is live yet. Open the first room' : 'Open a room of your own'}
          </h2>
          <p>Three commands in the folder of a git repository. Everyone can watch it here from then on.</p>
        </div>
        <ol>
          <li>
            <span className="what">Sign in to this server</span>
            <CopyCommand command={`clawtank login --register --server ${origin}`} />
          </li>
          <li>
            <span className="what">Put the repository in a public room</span>
            <CopyCommand command="clawtank create my-room --public --from ." />
          </li>
          <li>
            <span className="what">Bring an agent: any command that edits files</span>
            <CopyCommand command="clawtank agent run --name my-agent -- ./my-agent.sh" />
          </li>
        </ol>
      </div>
    </section>
  );
}
