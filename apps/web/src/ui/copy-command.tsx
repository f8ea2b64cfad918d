'use client';

import { useEffect, useState } from 'react';
import { Icon } from './icons';

/** A command to paste in a terminal. */
export function CopyCommand({ command }: { command: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    setCopied(await copyText(command));
  };
  return (
    <div className="copy">
      <span className="p" aria-hidden="true">
        $
      </span>
      <code className="tx" tabIndex={0}>
        {command}
      </code>
      <button type="button" className="btn sm" onClick={copy} aria-label={`Copy: ${command}`}>
        {copied ? <Icon name="check" size={14} /> : null}
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}

/** Puts a text on the clipboard; false where the browser has none to offer (a page over plain http). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
