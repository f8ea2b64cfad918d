import type { StateWord, Tone } from '../story/words';
import { Icon, type IconName } from '../ui/icons';
import type { Link } from './use-stream';

const CHIPS: Readonly<Record<Tone, { readonly tone: string; readonly icon: IconName }>> = {
  plain: { tone: 'soft', icon: 'pause' },
  agent: { tone: 'agent', icon: 'activity' },
  success: { tone: 'success', icon: 'flag' },
  warning: { tone: 'warning', icon: 'pause' },
  danger: { tone: 'danger', icon: 'conflict' },
};

/** The room's state. It says Live, and its dot breathes, only while this page really hears the room. */
export function StateChip({ state, link }: { state: StateWord; link: Link }) {
  const live = state.working && (link === 'live' || link === 'joining');
  const { tone, icon } = CHIPS[state.tone];
  return (
    <span className="row chips">
      {live && (
        <span className="chip live lg">
          <span className={link === 'live' ? 'livedot' : 'livedot still'} />
          Live
        </span>
      )}
      {(!live || state.tone !== 'agent') && (
        <span className={`chip ${tone} lg`}>
          <Icon name={icon} size={14} />
          {state.word}
        </span>
      )}
    </span>
  );
}
