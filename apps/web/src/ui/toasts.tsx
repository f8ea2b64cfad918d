'use client';

import { ClawTankError } from '@clawtank/agent-sdk';
import { Toast } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { useAlive } from '../time/now';
import { Icon, type IconName } from './icons';

export interface ToastNews {
  readonly title: string;
  readonly detail?: string;
  readonly tone?: 'plain' | 'success' | 'warning' | 'danger';
  readonly icon?: IconName;
  readonly action?: { readonly word: string; readonly run: () => void };
}

interface Shown extends ToastNews {
  readonly id: number;
}

const MOST = 4;
const LIFE_MS = 6_000;
const ICONS = { plain: 'info', success: 'check', warning: 'warn', danger: 'warn' } as const;

let shown: readonly Shown[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says something at the edge of the page for a few seconds. */
export function toast(news: ToastNews): void {
  last += 1;
  change([...shown, { ...news, id: last }].slice(-MOST));
}

/** Tells of a failure in the server's own words, which say what to do. */
export function toastError(error: unknown, title = 'That did not work'): void {
  const detail = error instanceof ClawTankError ? error.message : 'Something unexpected happened. Try again.';
  toast({ title, detail, tone: 'danger' });
}

const NONE: readonly Shown[] = [];
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function Toasts() {
  const all = useSyncExternalStore(
    subscribe,
    () => shown,
    () => NONE,
  );
  const alive = useAlive();
  if (!alive) return null;
  return (
    <Toast.Provider swipeDirection="right" duration={LIFE_MS}>
      {all.map(({ id, title, detail, tone = 'plain', icon, action }) => (
        <Toast.Root
          key={id}
          className={`toast ${tone}`}
          onOpenChange={(open) => !open && change(shown.filter((other) => other.id !== id))}
        >
          <Icon name={icon ?? ICONS[tone]} />
          <div className="grow">
            <Toast.Title className="tt">{title}</Toast.Title>
            {detail && <Toast.Description className="td">{detail}</Toast.Description>}
          </div>
          {action && (
            <Toast.Action className="btn ghost sm" altText={action.word} onClick={action.run}>
              {action.word}
            </Toast.Action>
          )}
          <Toast.Close className="btn ghost icon sm" aria-label="Close">
            <Icon name="x" size={14} />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="toasts" />
    </Toast.Provider>
  );
}
