import { SkeletonRows } from '../ui/empty';
import { Icon } from '../ui/icons';

/** The room's shape before the room is here. */
export function RoomSkeleton({ lost = false }: { lost?: boolean }) {
  return (
    <div className="room">
      <header className="top">
        <span className="logo">
          <Icon name="claw" />
        </span>
        <span className="sk w30" aria-hidden="true" />
      </header>
      <main className="cols" id="main" aria-busy="true">
        <h1 className="vh">Room</h1>
        <aside className="left pad" aria-label="Members">
          <SkeletonRows rows={3} shell />
        </aside>
        <section className="chat pad" aria-label="Chat">
          {lost && (
            <div className="banner" role="status">
              <Icon name="wifi" /> The server is out of reach. Trying again.
            </div>
          )}
          <SkeletonRows rows={6} />
        </section>
        <aside className="right pad" aria-label="Board">
          <SkeletonRows rows={4} />
        </aside>
      </main>
    </div>
  );
}
