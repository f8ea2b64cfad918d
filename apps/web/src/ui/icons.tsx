import type { IconName } from './icon-names';
import icons from './icons.svg';

export type { IconName } from './icon-names';

/**
 * An icon in the text's colour. It says nothing by itself: the words beside it, or a label around it, do. All shapes
 * are one file that the browser keeps, and no script carries them.
 */
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
      <use href={`${(icons as { src: string }).src}#${name}`} />
    </svg>
  );
}
