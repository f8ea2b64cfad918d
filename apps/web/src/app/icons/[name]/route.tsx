import { ImageResponse } from 'next/og';

/** The claw of `app/icon.svg`, `part` of the side wide, on a ground of its own where it needs one. */
interface Look {
  readonly side: number;
  readonly part: number;
  readonly claw: string;
  readonly ground?: string;
  readonly round?: number;
}

const NIGHT = '#0f161b';
const CLAW = '#ff815f';

const LOOKS: Readonly<Record<string, Look>> = {
  'app-192.png': { side: 192, part: 0.62, claw: CLAW, ground: NIGHT, round: 0.22 },
  'app-512.png': { side: 512, part: 0.62, claw: CLAW, ground: NIGHT, round: 0.22 },
  // The system cuts its own shape: what is drawn stays in the inner 80 %.
  'maskable-512.png': { side: 512, part: 0.5, claw: CLAW, ground: NIGHT },
  'apple-180.png': { side: 180, part: 0.58, claw: CLAW, ground: NIGHT },
  // Beside a notification only the shape counts.
  'badge-96.png': { side: 96, part: 0.84, claw: '#ffffff' },
};

export const dynamic = 'force-static';
export const dynamicParams = false;

export const generateStaticParams = (): { name: string }[] => Object.keys(LOOKS).map((name) => ({ name }));

/** The app's icons, drawn once at build time. */
export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const look = LOOKS[(await params).name];
  if (!look) return new Response(null, { status: 404 });
  const { side, part, claw, ground, round = 0 } = look;
  return new ImageResponse(
    <div
      style={{
        width: side,
        height: side,
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        borderRadius: side * round,
        ...(ground === undefined ? {} : { background: ground }),
      }}
    >
      <svg width={side * part} height={side * part} viewBox="0 0 16 16">
        <path
          fill={claw}
          d="M8.9 1.4C4.6 1.4 1.5 4.3 1.5 8s3.1 6.6 7.4 6.6c3.1 0 5.2-1.7 5.7-4.9-2 1.4-4.3 1.5-5.6.5C7.7 9.1 7.7 6.9 9 5.8c1.3-1 3.6-.9 5.6.5C14.1 3.1 12 1.4 8.9 1.4Z"
        />
      </svg>
    </div>,
    { width: side, height: side },
  );
}
