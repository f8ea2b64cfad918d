import type { MetadataRoute } from 'next';

/** What makes the pages an app that can be installed. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'ClawTank',
    short_name: 'ClawTank',
    description: 'People and agents, building in the open.',
    start_url: '/rooms',
    scope: '/',
    display: 'standalone',
    background_color: '#0f161b',
    theme_color: '#0f161b',
    categories: ['developer', 'productivity'],
    icons: [
      { src: '/icons/app-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: '/icons/app-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ],
    shortcuts: [
      { name: 'Inbox', url: '/inbox' },
      { name: 'Live rooms', url: '/' },
    ],
  };
}
