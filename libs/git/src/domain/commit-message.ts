export const TASK_TRAILER = 'ClawTank-Task';
export const AGENT_TRAILER = 'ClawTank-Agent';
export const MODEL_TRAILER = 'ClawTank-Model';
export const CO_AUTHOR_TRAILER = 'Co-authored-by';

export interface Trailer {
  readonly key: string;
  readonly value: string;
}

const TRAILER_LINE = /^([A-Za-z0-9][A-Za-z0-9-]{0,63}):[ \t]*(\S.*)$/;
const CONTINUATION = /^[ \t]+(\S.*)$/;

/** First line of a commit message. */
export const subjectOf = (message: string): string => message.trimStart().split('\n', 1)[0]?.trimEnd() ?? '';

function parseTrailerLines(lines: readonly string[]): readonly Trailer[] {
  const trailers: Trailer[] = [];
  for (const line of lines) {
    const start = TRAILER_LINE.exec(line);
    const more = CONTINUATION.exec(line);
    const previous = trailers.at(-1);
    if (start?.[1] && start[2]) trailers.push({ key: start[1], value: start[2].trim() });
    else if (more?.[1] && previous) {
      trailers[trailers.length - 1] = { key: previous.key, value: `${previous.value} ${more[1].trim()}` };
    } else return [];
  }
  return trailers;
}

function split(message: string): { readonly body: string; readonly trailers: readonly Trailer[] } {
  const paragraphs = message
    .replace(/\r\n/g, '\n')
    .trim()
    .split(/\n[ \t]*\n/);
  const last = paragraphs.length > 1 ? (paragraphs.at(-1) ?? '') : '';
  const trailers = parseTrailerLines(last.split('\n'));
  return {
    body: (trailers.length > 0 ? paragraphs.slice(0, -1) : paragraphs).join('\n\n').trimEnd(),
    trailers,
  };
}

/**
 * The trailers of a message, in order: the last paragraph if each of its lines is one or continues one
 * (git-interpret-trailers is laxer about mixed paragraphs; what decides attribution should not guess).
 */
export const parseTrailers = (message: string): readonly Trailer[] => split(message).trailers;

/** The last value of a trailer, whose key is compared without case; undefined when it is missing. */
export function trailerValue(trailers: readonly Trailer[], key: string): string | undefined {
  const wanted = key.toLowerCase();
  return trailers.findLast((trailer) => trailer.key.toLowerCase() === wanted)?.value;
}

/** `message` ending in `trailers`: a key it carries already is replaced, so that a writer can't pose as another. */
export function withTrailers(message: string, trailers: readonly Trailer[]): string {
  const { body, trailers: present } = split(message);
  const name = ({ key, value }: Trailer): string =>
    // Co-authors are several; a message keeps those that it names.
    key.toLowerCase() === CO_AUTHOR_TRAILER.toLowerCase()
      ? `${key}:${value}`.toLowerCase()
      : key.toLowerCase();
  const own = new Set(trailers.map(name));
  const kept = present.filter((trailer) => !own.has(name(trailer)));
  const lines = [...kept, ...trailers].map(
    ({ key, value }) => `${key}: ${value.replace(/\s+/g, ' ').trim()}`,
  );
  return lines.length > 0 ? `${body}\n\n${lines.join('\n')}\n` : `${body}\n`;
}
