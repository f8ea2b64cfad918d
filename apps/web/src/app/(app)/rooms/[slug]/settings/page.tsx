import type { Metadata } from 'next';
import { RoomSettingsPage } from '../../../../../room/settings/settings-page';

export const metadata: Metadata = { title: 'Room settings', robots: { index: false } };

export default async function SettingsPage({ params }: { params: Promise<{ readonly slug: string }> }) {
  return <RoomSettingsPage room={(await params).slug} />;
}
