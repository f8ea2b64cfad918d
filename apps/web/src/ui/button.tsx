import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icons';

export type ButtonKind = 'plain' | 'primary' | 'ghost' | 'good' | 'danger' | 'danger-solid';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: ButtonKind;
  readonly size?: 'sm' | 'lg';
  readonly icon?: IconName;
  /** Its work goes on: it keeps its width, shows a moving line, and takes no second press. */
  readonly busy?: boolean;
  readonly children?: ReactNode;
}

/** At most one filled button (`primary`, `good`, `danger-solid`) stands in a view. */
export function Button({
  kind = 'plain',
  size,
  icon,
  busy = false,
  children,
  className,
  ...rest
}: ButtonProps) {
  const classes = ['btn', kind !== 'plain' && kind, size, !children && 'icon', busy && 'is-busy', className];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : rest.onClick}
    >
      {icon && <Icon name={icon} {...(size === 'sm' ? { size: 14 as const } : {})} />}
      {children}
    </button>
  );
}
