import { Icon, type IconName } from '../ui/icons';
import { type View, VIEWS } from './views';

const TABS: Readonly<Record<View, { readonly word: string; readonly icon: IconName }>> = {
  chat: { word: 'Live', icon: 'chat' },
  board: { word: 'Board', icon: 'board' },
  activity: { word: 'Activity', icon: 'activity' },
  crew: { word: 'Crew', icon: 'user' },
};

/** On a phone the columns are tabs. */
export function TabBar({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <nav className="tabbar" aria-label="Room sections">
      {VIEWS.map((name) => (
        <button key={name} type="button" aria-current={name === view} onClick={() => onView(name)}>
          <Icon name={TABS[name].icon} size={20} />
          {TABS[name].word}
        </button>
      ))}
    </nav>
  );
}
