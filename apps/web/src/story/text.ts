/** A piece of a message. Whatever a stranger wrote stays text: nothing of it is ever taken as markup. */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'block'; readonly text: string }
  | { readonly kind: 'mention'; readonly text: string; readonly name: string }
  | { readonly kind: 'task'; readonly text: string };

const PIECE =
  /```(?:[\w+-]*\n)?(?<block>[\s\S]+?)```|`(?<code>[^`\n]+)`|(?<![\w@/.])@(?<mention>[\w][\w.-]*)|(?<![\w/-])(?<task>T-\d+)(?![\w/-])/g;

/**
 * Splits a message into text, code, mentions and task keys.
 * @param isName whether `@name` (in lower case) is somebody in this room; others stay text
 * @param isTask whether a key such as `T-12` is a task of this room
 */
export function tokens(
  text: string,
  isName: (name: string) => boolean,
  isTask: (key: string) => boolean,
): readonly Token[] {
  const found: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(PIECE)) {
    const token = tokenOf(match[0], match.groups ?? {}, isName, isTask);
    if (!token) continue;
    if (match.index > end) found.push({ kind: 'text', text: text.slice(end, match.index) });
    found.push(token);
    // A mention may have swallowed the full stop of its sentence: what it gave back is text again.
    end = match.index + (token.kind === 'mention' ? token.text : match[0]).length;
  }
  if (end < text.length) found.push({ kind: 'text', text: text.slice(end) });
  return found;
}

function tokenOf(
  matched: string,
  groups: Readonly<Record<string, string | undefined>>,
  isName: (name: string) => boolean,
  isTask: (key: string) => boolean,
): Token | undefined {
  if (groups.block !== undefined) return { kind: 'block', text: groups.block.replace(/\n$/, '') };
  if (groups.code !== undefined) return { kind: 'code', text: groups.code };
  if (groups.task !== undefined) return isTask(groups.task) ? { kind: 'task', text: groups.task } : undefined;
  const name = (groups.mention ?? '').toLowerCase();
  if (isName(name)) return { kind: 'mention', text: matched, name };
  const trimmed = name.replace(/[.-]+$/, '');
  if (!isName(trimmed)) return undefined;
  return { kind: 'mention', text: matched.slice(0, trimmed.length + 1), name: trimmed };
}
