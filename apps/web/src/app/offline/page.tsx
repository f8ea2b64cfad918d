import type { Metadata } from 'next';
import { Offline } from '../../device/offline';
import { TopBar } from '../../ui/top-bar';

export const metadata: Metadata = { title: 'No connection', robots: { index: false } };

/** What the service worker shows at any address while the server can’t be reached. */
export default function OfflinePage() {
  return (
    <>
      <TopBar>
        <span className="grow" />
      </TopBar>
      <Offline />
    </>
  );
}
