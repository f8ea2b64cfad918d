import Link from 'next/link';
import { Icon } from '../ui/icons';
import { TopBar } from '../ui/top-bar';

/** The same for a room that never was, is private, or was deleted: a stranger learns nothing from it. */
export function Gone() {
  return (
    <>
      <TopBar>
        <span className="grow" />
      </TopBar>
      <main className="empty page-empty" id="main">
        <span className="glyph">
          <Icon name="eye" size={20} />
        </span>
        <h1>No room to watch here</h1>
        <p>It may be private, deleted, or never have existed. If somebody sent you the link, ask them.</p>
        <Link className="btn" href="/" prefetch={false}>
          See what is live
        </Link>
      </main>
    </>
  );
}
