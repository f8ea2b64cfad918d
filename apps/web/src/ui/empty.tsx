import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';

/** Nothing here yet: what is missing, and the next step. */
export function Empty({
  icon,
  title,
  level = 3,
  children,
}: {
  icon: IconName;
  title: string;
  /** Of its heading, by what stands above it. */
  level?: 2 | 3;
  children?: ReactNode;
}) {
  const Heading = `h${level}` as const;
  return (
    <div className="empty">
      <span className="glyph">
        <Icon name={icon} />
      </span>
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

/** Rows that stand in for a list that is on its way. */
export function SkeletonRows({ rows = 3, shell = false }: { rows?: number; shell?: boolean }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div className="skrow" key={row} aria-hidden="true">
          <span className={`sk box32 ${shell ? 'shell' : 'round'}`} />
          <span className="col">
            <span className="sk w30" />
            <span className={`sk ${row % 2 === 0 ? 'w90' : 'w70'}`} />
          </span>
        </div>
      ))}
    </div>
  );
}
