'use client';

import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icons';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One line under the title, read out with it. */
  readonly says?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons; the main one last. */
  readonly foot?: ReactNode;
  readonly wide?: boolean;
}

/** A question or a form above the page. Escape and a click beside it close it; focus goes back where it was. */
export function Dialog({ open, onOpenChange, title, says, children, foot, wide = false }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content
          className={`dialog${wide ? ' wide' : ''}`}
          {...(says ? {} : { 'aria-describedby': undefined })}
        >
          <header>
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close className="btn ghost icon sm" aria-label="Close">
              <Icon name="x" size={14} />
            </Radix.Close>
          </header>
          <div className="body">
            {says && <Radix.Description>{says}</Radix.Description>}
            {children}
          </div>
          {foot && <footer>{foot}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
