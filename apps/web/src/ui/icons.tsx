import type { ReactNode } from 'react';

/** 16 px icons with a 1.5 px round stroke, drawn for ClawTank. */
const SHAPES = {
  activity: <path d="M1.5 8.500h3l2-5 3 9 2-4h3" />,
  board: (
    <>
      <rect x="2" y="2.5" width="3.4" height="11" rx="1" />
      <rect x="6.3" y="2.5" width="3.4" height="7" rx="1" />
      <rect x="10.6" y="2.5" width="3.4" height="9" rx="1" />
    </>
  ),
  bolt: <path d="M9 1.5 3 9h4.200L6.5 14.5 13 6.500H8.500Z" />,
  branch: (
    <>
      <circle cx="4.5" cy="3.5" r="1.7" />
      <circle cx="4.5" cy="12.5" r="1.7" />
      <circle cx="11.5" cy="5" r="1.7" />
      <path d="M4.5 5.200v5.600M11.5 6.700c0 2.3-3 2.6-5 3" />
    </>
  ),
  bulb: (
    <path d="M5.7 11.200c-1.7-1-2.5-2.4-2.5-4.200a4.8 4.8 0 0 1 9.6 0c0 1.8-.8 3.2-2.5 4.200v1.300H5.700ZM6.3 14.500h3.4" />
  ),
  chat: <path d="M2.5 3.500h11v8h-6l-3 2.500v-2.500h-2Z" />,
  check: <path d="M3 8.5 6.5 12 13 4.5" />,
  claw: (
    <path
      fill="currentColor"
      stroke="none"
      d="M8.9 1.4C4.6 1.4 1.5 4.3 1.5 8s3.1 6.6 7.4 6.6c3.1 0 5.2-1.7 5.7-4.9-2 1.4-4.3 1.5-5.6.5C7.7 9.1 7.7 6.9 9 5.800c1.3-1 3.6-.9 5.6.5C14.1 3.1 12 1.4 8.9 1.400Z"
    />
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.500V8l2.5 1.5" />
    </>
  ),
  commit: (
    <>
      <circle cx="8" cy="8" r="2.6" />
      <path d="M1.5 8h3.900m5.2 0h3.9" />
    </>
  ),
  conflict: (
    <>
      <path d="M3 3.5 13 12.500M13 3.5 9.7 6.500M6.3 9.5 3 12.5" />
      <path d="M10.5 3.500H13V6M10.5 12.500H13V10" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.500v-3h-8v8h3" />
    </>
  ),
  eye: (
    <>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" />
      <circle cx="8" cy="8" r="1.9" />
    </>
  ),
  flag: <path d="M3.5 14V2.500h8.500l-1.8 3.200L12 9H3.5" />,
  gear: (
    <>
      <circle cx="8" cy="8" r="2" />
      <path d="M8 1.800v2M8 12.200v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.400M12.4 3.6 11 5M5 11l-1.4 1.4" />
    </>
  ),
  home: <path d="M2.5 7 8 2.5 13.5 7v6.500h-11Z" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.500v3.500M8 5v.01" />
    </>
  ),
  invite: (
    <>
      <circle cx="6.5" cy="5.2" r="2.6" />
      <path d="M1.8 13.500c.5-2.5 2.4-3.7 4.7-3.7 1.3 0 2.5.4 3.3 1.100M12.5 9.500v4m-2-2h4" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="11" r="2.8" />
      <path d="m7 9 6-6m-2.3 2.3 2 2M9.3 6.700l1.4 1.4" />
    </>
  ),
  left: <path d="m10 4-4 4 4 4" />,
  lock: (
    <>
      <rect x="3" y="7" width="10" height="6.5" rx="1.5" />
      <path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" />
    </>
  ),
  merge: (
    <>
      <circle cx="4" cy="3.5" r="1.7" />
      <circle cx="4" cy="12.5" r="1.7" />
      <circle cx="12" cy="8.5" r="1.7" />
      <path d="M4 5.200v5.600M4.3 5.200c.5 2.2 2.7 3.3 6 3.3" />
    </>
  ),
  pause: <path d="M5.5 3.500v9m5-9v9" strokeWidth="2" />,
  play: <path d="M5 3.200v9.600l7.5-4.800Z" fill="currentColor" />,
  plus: <path d="M8 3v10M3 8h10" />,
  pr: (
    <>
      <circle cx="4" cy="3.5" r="1.7" />
      <circle cx="4" cy="12.5" r="1.7" />
      <circle cx="12" cy="12.5" r="1.7" />
      <path d="M4 5.200v5.600M12 10.800V6a2 2 0 0 0-2-2H8m1.7-1.800L7.8 4l1.9 1.8" />
    </>
  ),
  reply: <path d="M6.5 4 3 7.5 6.5 11M3 7.500h6.500a3.5 3.5 0 0 1 3.5 3.500v1" />,
  repo: <path d="M3.5 12.500v-9a1 1 0 0 1 1-1h8v11h-8a1 1 0 0 1-1-1Zm0-.5a1 1 0 0 1 1-1h8" />,
  share: <path d="M8 9.500V2m-2.8 2.500L8 2l2.8 2.500M3.5 8v5.500h9V8" />,
  star: <path d="m8 1.8 1.9 4 4.3.5-3.2 3 .9 4.400L8 11.500l-3.9 2.2.9-4.4-3.2-3 4.3-.5Z" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.500v1.500m0 10v1.500M1.5 8H3m10 0h1.500M3.4 3.400l1 1m7.2 7.2 1 1m0-9.2-1 1m-7.2 7.2-1 1" />
    </>
  ),
  term: (
    <>
      <rect x="1.8" y="2.8" width="12.4" height="10.4" rx="1.8" />
      <path d="m4.5 6 2 2-2 2m4 0h3" />
    </>
  ),
  user: (
    <>
      <circle cx="8" cy="5.2" r="2.7" />
      <path d="M2.8 13.700c.6-2.7 2.7-4 5.2-4s4.6 1.3 5.2 4" />
    </>
  ),
  warn: <path d="M8 2 14.5 13.500h-13ZM8 6.500v3.300m0 1.700v.01" />,
  wifi: <path d="M1.5 6.500c3.8-3.6 9.2-3.6 13 0M4 9.200c2.3-2.2 5.7-2.2 8 0M8 12.300v.01" />,
  x: <path d="m4 4 8 8m0-8-8 8" />,
  moon: <path d="M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1Z" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** An icon in the text's colour. It says nothing by itself: the words beside it, or a label around it, do. */
export function Icon({ name, size, tone }: { name: IconName; size?: 12 | 14 | 20; tone?: string }) {
  const classes = ['i', size && `s${size}`, tone && `tone-${tone}`].filter(Boolean).join(' ');
  return (
    <svg
      className={classes}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}
