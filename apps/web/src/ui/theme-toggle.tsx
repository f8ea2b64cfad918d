'use client';

import { Icon } from './icons';

const YEAR_SECONDS = 31_536_000;
const DARK = '(prefers-color-scheme: dark)';

/** Turns the page over between dark and light. Turning back to what the system has forgets the choice. */
export function turnTheme(): void {
  const root = document.documentElement;
  const system = matchMedia(DARK).matches ? 'dark' : 'light';
  const shown = root.dataset.theme ?? system;
  const wanted = shown === 'dark' ? 'light' : 'dark';
  if (wanted === system) delete root.dataset.theme;
  else root.dataset.theme = wanted;
  const age = wanted === system ? 0 : YEAR_SECONDS;
  // A cookie, so that the server sends the right theme and the page never flashes.
  document.cookie = `theme=${wanted}; path=/; max-age=${age}; samesite=lax`;
}

export function ThemeToggle() {
  return (
    <button type="button" className="btn ghost icon theme" onClick={turnTheme} aria-label="Dark or light">
      <Icon name="sun" />
      <Icon name="moon" />
    </button>
  );
}
