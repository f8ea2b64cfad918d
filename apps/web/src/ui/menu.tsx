'use client';

import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Button, type ButtonProps } from './button';
import { Icon, type IconName } from './icons';

/** A button's menu. Arrow keys move, letters jump, Escape closes. */
export function Menu({
  trigger,
  children,
  align = 'end',
  begun = false,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  /** Open from the start. */
  begun?: boolean;
}) {
  return (
    // Not modal: a page under a menu keeps its scroll bar and its width.
    <DropdownMenu.Root modal={false} defaultOpen={begun}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={6} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A menu that is only a button until it is first asked for: for rows of which a list has very many. */
export function LateMenu({ button, children }: { button: ButtonProps; children: ReactNode }) {
  const [asked, setAsked] = useState(false);
  if (asked)
    return (
      <Menu begun trigger={<Button {...button} />}>
        {children}
      </Menu>
    );
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    setAsked(true);
  };
  return (
    <Button
      {...button}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setAsked(true)}
      onKeyDown={pressed}
    />
  );
}

interface MenuItemProps {
  readonly children: ReactNode;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly href?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect?: () => void;
}

export function MenuItem({ children, icon, keys, href, danger, disabled, onSelect }: MenuItemProps) {
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      <span className="grow">{children}</span>
      {keys && <kbd>{keys}</kbd>}
    </>
  );
  return (
    <DropdownMenu.Item
      className={`it${danger ? ' danger' : ''}`}
      disabled={disabled ?? false}
      asChild={href !== undefined}
      {...(onSelect ? { onSelect } : {})}
    >
      {href === undefined ? (
        inside
      ) : (
        <Link href={href} prefetch={false}>
          {inside}
        </Link>
      )}
    </DropdownMenu.Item>
  );
}

/** One of several, with a tick at the chosen one. */
export function MenuChoice<T extends string>({
  value,
  options,
  onChange,
}: {
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      {options.map(([option, word]) => (
        <DropdownMenu.RadioItem key={option} className="it" value={option}>
          <span className="grow">{word}</span>
          {option === value && <Icon name="check" />}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export const MenuSeparator = () => <DropdownMenu.Separator className="sep" />;
