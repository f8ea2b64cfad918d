import type { StateWord, Tone } from '../story/words';
import { Icon } from '../ui/icons';
import type { Link } from './use-stream';

const TONES: Readonly<Record<Tone, string>> = {
  plain: 'soft',
  agent: 'agent',
  success: 'success',
  warning: 'warning',
  danger: 'danger',
};

/** The room's state. It says Live, and its dot breathes, only while this page really hears the room. */
export function StateChip({ state, link }: { state: StateWord; link: Link }) {
  const live = state.working && (link === 'live' || link === 'joining');
  return (
    <span className="row chips">
      {live && (
        <span className="chip live lg">
          <span className={link === 'live' ? 'livedot' : 'livedot still'} />
          Live
        </span>
      )}
      {(!live || state.tone !== 'agent') && (
        <span className={`chip ${TONES[state.tone]} lg`}>
          <Icon name={state.icon} size={14} />
          {state.word}
        </span>
      )}
    </span>
  );
}
