import { code, type Part, plain } from './sentence';

/** A title without the ticks that people set around code. */
export const bare = (title: string): string => title.replaceAll('`', '');

/** Words that look like code (`--json`, `roast/cli.py`, `NO_COLOR`) are set in mono. */
export function titleParts(title: string): readonly Part[] {
  return title
    .split(/(`[^`]+`|(?<=^|\s)--[\w-]+|(?<=^|\s)[\w.-]+\/[\w./-]+|\b[A-Z]+_[A-Z_]+\b)/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      /^(`|--)|\/|^[A-Z]+_[A-Z_]+$/.test(piece) && !piece.includes(' ') ? code(bare(piece)) : plain(piece),
    );
}
