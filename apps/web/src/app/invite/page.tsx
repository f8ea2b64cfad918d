import type { Metadata } from 'next';
import { publicOrigin } from '../../api/server';
import { Invite } from '../../invite/invite';
import { TopBar } from '../../ui/top-bar';

export const metadata: Metadata = { title: 'Invitation', robots: { index: false }, referrer: 'no-referrer' };

export default async function InvitePage() {
  return (
    <>
      <TopBar>
        <span className="grow" />
      </TopBar>
      <Invite origin={await publicOrigin()} />
    </>
  );
}
