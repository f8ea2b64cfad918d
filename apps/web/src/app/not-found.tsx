import Link from 'next/link';
import { Icon } from '../ui/icons';
import { TopBar } from '../ui/top-bar';

export default function NotFound() {
  return (
    <>
      <TopBar>
        <span className="grow" />
      </TopBar>
      <main className="empty page-empty" id="main">
        <span className="glyph">
          <Icon name="info" size={20} />
        </span>
        <h1>Nothing at this address</h1>
        <p>The link may be old or mistyped.</p>
        <Link className="btn" href="/">
          See what is live
        </Link>
      </main>
    </>
  );
}
