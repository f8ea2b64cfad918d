import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), '../..');

// The Content-Security-Policy carries a nonce and is set per request, in `src/proxy.ts`.
const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
];

const config: NextConfig = {
  output: 'standalone',
  // Workspace packages live beside `apps`, so both the tracer and the bundler must see the whole repository.
  outputFileTracingRoot: REPOSITORY,
  turbopack: { root: REPOSITORY },
  // No picture is resized on the server, so sharp stays out of the standalone folder.
  images: { unoptimized: true },
  // Names the build to the service worker, which renews what it keeps with each; unset while developing.
  env: process.env['CLAWTANK_BUILD'] === undefined ? {} : { CLAWTANK_BUILD: process.env['CLAWTANK_BUILD'] },
  // Read from disk when a picture of a link is drawn.
  outputFileTracingIncludes: {
    '/*/[[]room[]]/picture.png': [
      './node_modules/@fontsource/inter/files/inter-{latin,latin-ext,cyrillic,greek}-{500,600}-normal.woff',
    ],
  },
  poweredByHeader: false,
  reactStrictMode: true,
  headers: () => Promise.resolve([{ source: '/:path*', headers: SECURITY_HEADERS }]),
};

export default config;
