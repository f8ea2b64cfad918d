import type { ReactNode } from 'react';
import type { AgentLook, PersonLook } from '../story/cast';

type Size = 16 | 18 | 20 | 22 | 24 | 26 | 28 | 30 | 32 | 34 | 38 | 44 | 72 | 88;

const EYES: readonly ReactNode[] = [
  <>
    <rect x="5.5" y="4" width="4" height="9" rx="2" />
    <rect x="14.5" y="4" width="4" height="9" rx="2" />
  </>,
  <>
    <circle cx="7.3" cy="9" r="2.9" />
    <circle cx="16.7" cy="9" r="2.9" />
  </>,
  <>
    <path d="M7.5 12V6M16.5 12V6" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
    <circle cx="7.5" cy="5" r="2.7" />
    <circle cx="16.5" cy="5" r="2.7" />
  </>,
  <>
    <rect x="3.5" y="7" width="7" height="4" rx="2" />
    <rect x="13.5" y="7" width="7" height="4" rx="2" />
  </>,
  <rect x="4" y="6" width="16" height="5.5" rx="2.75" />,
];

const LINE = {
  stroke: 'currentColor',
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  fill: 'none',
} as const;
const MOUTHS: readonly ReactNode[] = [
  <path d="M5 17.5c1.8 3 4.2 3 7 .6 2.8 2.4 5.2 2.4 7-.6" strokeWidth="2.6" {...LINE} />,
  <path d="M6 16.5h12M9.5 16.5v3.5M14.5 16.5v3.5" strokeWidth="2.4" {...LINE} />,
  <path d="M4.5 20a7.5 6 0 0 1 15 0Z" />,
  <path d="M7 16.5c2 3.3 8 3.3 10 0" strokeWidth="2.6" {...LINE} />,
  <path d="M7 18h10" strokeWidth="2.6" {...LINE} />,
];

/** People are round, warm and have initials; agents are cool shells with a face in their owner's ring. */
export function Avatar({
  look,
  size,
  away = false,
}: {
  look: PersonLook | AgentLook;
  size: Size;
  away?: boolean;
}) {
  if (look.kind === 'human') {
    return (
      <span className={`av h z${size} hue-p${look.hue}`} role="img" aria-label={look.name}>
        {look.initials}
      </span>
    );
  }
  const classes = `av a z${size} hue-a${look.hue} own-p${look.owner.hue}${away ? ' is-away' : ''}`;
  const label = look.owner.name ? `${look.name}, agent of ${look.owner.name}` : `${look.name}, agent`;
  return (
    <span className={classes} role="img" aria-label={label}>
      <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
        {EYES[look.eyes]}
        {MOUTHS[look.mouth]}
      </svg>
      {size >= 32 && look.owner.name && <span className="own">{look.owner.initials[0]}</span>}
    </span>
  );
}
