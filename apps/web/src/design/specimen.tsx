import type { ReactNode } from 'react';

/** One row of the page: its name, what it means, its states. */
export function Specimen({ name, says, children }: { name: string; says?: string; children: ReactNode }) {
  return (
    <section className="specimen-row" aria-label={name}>
      <div>
        <h2>{name}</h2>
        {says && <p className="hint">{says}</p>}
      </div>
      <div className="specimen-body">{children}</div>
    </section>
  );
}

export const State = ({ word, children }: { word: string; children: ReactNode }) => (
  <div className="specimen-state">
    {children}
    <span className="xs t3">{word}</span>
  </div>
);
