'use client';

import { useEffect, useState } from 'react';
import { Icon } from './icons';

/** A command to paste in a terminal. */
export function CopyCommand({ command }: { command: string }) {
  return <Copyable text={command} label={`Copy: ${command}`} sign="$" />;
}

/** A link or a word to copy. `label` names it, as it may be long. */
export function CopyText({ text, label }: { text: string; label: string }) {
  return <Copyable text={text} label={`Copy: ${label}`} />;
}

function Copyable({ text, label, sign }: { text: string; label: string; sign?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    setCopied(await copyText(text));
  };
  return (
    <div className="copy">
      {sign && (
        <span className="p" aria-hidden="true">
          {sign}
        </span>
      )}
      <code className="tx" tabIndex={0}>
        {text}
      </code>
      <button type="button" className="btn sm" onClick={copy} aria-label={label}>
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
