import type { PublicRoomView } from '@clawtank/contracts';
import Link from 'next/link';
import { counted, span } from '../time/format';
import { Empty } from '../ui/empty';
import { Age } from '../ui/moment';
import { PublicBar } from '../ui/public-bar';

const took = (room: PublicRoomView): string =>
  room.completed_at ? span(Date.parse(room.completed_at) - Date.parse(room.created_at)) : '';

/** The public rooms that were finished, the latest first. */
export function ShowcaseList({ rooms, served }: { rooms: readonly PublicRoomView[]; served: number }) {
  const latest = rooms.toSorted((a, b) => (b.completed_at ?? '').localeCompare(a.completed_at ?? ''));
  return (
    <>
      <PublicBar at="/showcase" />
      <main className="page" id="main">
        <div className="page-head">
          <h1>Showcase</h1>
        </div>
        {latest.length === 0 ? (
          <Empty level={2} icon="flag" title="No public room is finished yet">
            <p>
              A room stands here once its host completes it.{' '}
              <Link className="link under" href="/">
                See what is live
              </Link>
            </p>
          </Empty>
        ) : (
          <div className="shows">
            {latest.map((room) => (
              <article className="show" key={room.id}>
                <h2>
                  <Link href={`/showcase/${room.slug}`} prefetch={false}>
                    {room.name}
                  </Link>
                </h2>
                <p className="t2 clamp2">{room.description}</p>
                <p className="meta t3 sm num">
                  <span>{counted(room.tasks_complete, 'task')} done</span>
                  <span>{took(room)}</span>
                  <span>hosted by {room.host_name}</span>
                  {room.completed_at && (
                    <span>
                      <Age at={room.completed_at} served={served} /> ago
                    </span>
                  )}
                </p>
              </article>
            ))}
          </div>
        )}
      </main>
    </>
  );
}
