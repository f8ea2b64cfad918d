'use client';

import { useDeferredValue, useState } from 'react';
import { TextField } from '../ui/field';

/** Part of a name, as the list is to be asked for it. */
export function useSearch(): { readonly q: { q?: string }; readonly field: React.ReactNode } {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const field = (
    <div className="filters">
      <TextField
        label="Search"
        type="search"
        icon="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={100}
      />
    </div>
  );
  return { q: wanted === '' ? {} : { q: wanted }, field };
}
