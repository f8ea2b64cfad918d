import type { Metadata } from 'next';

/** Not `PICTURE` of the drawing itself, which pages must not carry. */
const SIZE = { width: 1200, height: 630 };

/** What a link to a public page tells where it is shared, with a picture of the room as it is. */
export function linkMetadata(path: string, title: string, description: string): Metadata {
  const images = [
    { url: `${path}/picture.png`, ...SIZE, alt: `${title}. ${description}`, type: 'image/png' },
  ];
  return {
    title,
    description,
    alternates: { canonical: path },
    openGraph: { title, description, url: path, siteName: 'ClawTank', type: 'website', images },
    twitter: { card: 'summary_large_image', title, description, images },
  };
}
