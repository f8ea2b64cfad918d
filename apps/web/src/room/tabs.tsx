import { Icon, type IconName } from '../ui/icons';

/** Which column a phone shows. */
export type Place = 'chat' | 'crew' | 'side';
export type SideTab = 'board' | 'activity' | 'code' | 'conflicts';

/** The columns as tabs, on a phone. */
export function RoomTabs({
  place,
  tab,
  needs,
  onPlace,
  onTab,
}: {
  place: Place;
  tab: SideTab;
  needs: number;
  onPlace: (place: Place) => void;
  onTab: (tab: SideTab) => void;
}) {
  const item = (word: string, icon: IconName, on: boolean, act: () => void, badge = 0) => (
    <button type="button" aria-current={on ? 'page' : undefined} onClick={act}>
      <Icon name={icon} size={20} />
      {word}
      {badge > 0 && <span className="badge todo">{badge}</span>}
    </button>
  );
  const more = place === 'side' && tab !== 'board';
  return (
    <nav className="tabbar" aria-label="Room sections">
      {item('Chat', 'chat', place === 'chat', () => onPlace('chat'))}
      {item('Board', 'board', place === 'side' && tab === 'board', () => onTab('board'))}
      {item('Members', 'user', place === 'crew', () => onPlace('crew'), needs)}
      {item('More', 'dots', more, () => onTab(more ? tab : 'activity'))}
    </nav>
  );
}
