const KEY = 'clawtank.fragment';

/** An invitation's code stands behind the `#` and must not travel to a provider: this tab keeps it meanwhile. */
export function keepFragment(): void {
  if (location.hash === '') sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, location.hash);
}

/** What stands behind the `#`, or stood there before this tab left for a provider. */
export const fragment = (): string => location.hash || (sessionStorage.getItem(KEY) ?? '');
