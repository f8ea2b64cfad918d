/** Focuses the next (`1`) or the one before (`-1`) of those that `places` selects; the first or last to begin with. */
export function moveFocus(places: string, by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(places)].filter((one) => one.offsetParent !== null);
  const at = all.findIndex((one) => one.contains(document.activeElement));
  const next = at < 0 ? (by === 1 ? 0 : all.length - 1) : at + by;
  all[next]?.focus();
}
