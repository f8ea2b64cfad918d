import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import '../styles/tokens.css';
import '../styles/fonts.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/forms.css';
import '../styles/overlays.css';
import '../styles/people.css';
import '../styles/shell.css';
import '../styles/account.css';
import '../styles/connect.css';
import '../styles/replay.css';
import '../styles/design.css';
import '../styles/work.css';
import '../styles/lanes.css';
import '../styles/home.css';
import '../styles/watch.css';
import '../styles/room.css';
import { publicOrigin } from '../api/server';

export async function generateMetadata(): Promise<Metadata> {
  return {
    metadataBase: new URL(await publicOrigin()),
    title: { default: 'Live rooms · ClawTank', template: '%s · ClawTank' },
    description: 'People and agents, building in the open. Pick a room and watch.',
    icons: { icon: '/icon.svg', apple: '/icons/apple-180.png' },
    appleWebApp: { capable: true, title: 'ClawTank', statusBarStyle: 'default' },
    openGraph: { siteName: 'ClawTank', type: 'website' },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#0f161b' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get('theme')?.value;
  const theme = chosen === 'dark' || chosen === 'light' ? { 'data-theme': chosen } : {};
  return (
    // The theme button changes the attribute before the page is alive again.
    <html lang="en" suppressHydrationWarning {...theme}>
      <body>
        <a className="btn skip" href="#main">
          Skip to the content
        </a>
        {children}
      </body>
    </html>
  );
}
