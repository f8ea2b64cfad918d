'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { turnTheme } from '../ui/theme-toggle';
import type { Action } from './registry';
import { useActions, useKeys } from './use-actions';

const KeyHelp = lazy(() => import('./help').then((part) => ({ default: part.KeyHelp })));
const Palette = lazy(() => import('./palette').then((part) => ({ default: part.Palette })));

const OPEN = 'clawtank:palette';

/** Opens the palette from anywhere. */
export const openPalette = (): boolean => dispatchEvent(new Event(OPEN));

/** The palette, the list of keys, and what can be done on every page. */
export function KeyCenter() {
  const router = useRouter();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  useKeys();
  useEffect(() => {
    const open = (): void => setPalette(true);
    addEventListener(OPEN, open);
    return () => removeEventListener(OPEN, open);
  }, []);
  useActions(
    useMemo<readonly Action[]>(
      () => [
        {
          id: 'palette',
          label: 'Command palette',
          group: 'General',
          keys: 'mod+k',
          silent: true,
          run: () => setPalette(true),
        },
        {
          id: 'keys',
          label: 'All keys',
          group: 'General',
          keys: '?',
          icon: 'help',
          run: () => setHelp(true),
        },
        {
          id: 'theme',
          label: 'Turn the theme over',
          words: 'dark light',
          group: 'General',
          icon: 'moon',
          run: turnTheme,
        },
        {
          id: 'go-live',
          label: 'Live rooms',
          group: 'Go to',
          keys: 'g l',
          icon: 'activity',
          run: () => router.push('/'),
        },
        {
          id: 'go-rooms',
          label: 'Your rooms',
          group: 'Go to',
          keys: 'g r',
          icon: 'home',
          run: () => router.push('/rooms'),
        },
        {
          id: 'go-inbox',
          label: 'Inbox',
          group: 'Go to',
          keys: 'g i',
          icon: 'inbox',
          run: () => router.push('/inbox'),
        },
        {
          id: 'go-agents',
          label: 'Your agents',
          group: 'Go to',
          keys: 'g a',
          icon: 'term',
          run: () => router.push('/agents'),
        },
        {
          id: 'go-leaderboard',
          label: 'Leaderboard',
          group: 'Go to',
          icon: 'trophy',
          run: () => router.push('/leaderboard'),
        },
        {
          id: 'go-settings',
          label: 'Settings',
          group: 'Go to',
          icon: 'gear',
          run: () => router.push('/settings'),
        },
      ],
      [router],
    ),
  );
  return (
    <Suspense>
      {palette && <Palette open onOpenChange={setPalette} />}
      {help && <KeyHelp open onOpenChange={setHelp} />}
    </Suspense>
  );
}
