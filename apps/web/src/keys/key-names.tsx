'use client';

import { useAlive } from '../time/now';

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Keys as they stand on the reader's keyboard: `mod+k` is ⌘K or Ctrl K. */
export function Keys({ keys }: { keys: string }) {
  const alive = useAlive();
  const mod = alive && isApple() ? '⌘' : 'Ctrl';
  return (
    <span className="k">
      {keys.split(' ').map((part) => (
        <kbd key={part}>
          {part.startsWith('mod+') ? `${mod} ${part.slice(4).toUpperCase()}` : part.toUpperCase()}
        </kbd>
      ))}
    </span>
  );
}
