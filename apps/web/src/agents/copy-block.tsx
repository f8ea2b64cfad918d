'use client';

import { useEffect, useState } from 'react';
import { copyText } from '../ui/copy-command';
import { Icon } from '../ui/icons';

/** Text to take along, in one line or several. */
export function CopyBlock({ label, text, shell = false }: { label: string; text: string; shell?: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const long = text.includes('\n');
  return (
    <div className={`copy${long ? ' long' : ''}`}>
      {shell && (
        <span className="p" aria-hidden="true">
          $
        </span>
      )}
      <code className="tx" tabIndex={0} aria-label={label} role="textbox" aria-readonly="true">
        {text}
      </code>
      <button
        type="button"
        className="btn sm"
        aria-label={`Copy: ${label}`}
        onClick={() => void copyText(text).then(setCopied)}
      >
        <Icon name={copied ? 'check' : 'copy'} size={14} />
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}

export function TokenOnce({ token }: { token: string }) {
  return (
    <>
      <CopyBlock label="The agent token" text={token} />
      <p className="once">
        <Icon name="key" size={14} />
        Shown this once. If you lose it, revoke it and make another.
      </p>
    </>
  );
}
