import type { Cast } from '../story/cast';
import type { Part } from '../story/sentence';
import { tokens } from '../story/text';
import { TaskLabel } from './status';

/** The pieces of a sentence or headline. */
export function Parts({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, index) => {
    // A sentence never reorders its pieces.
    const key = `${index}`;
    if (part.as === 'strong') return <b key={key}>{part.text}</b>;
    if (part.as === 'code')
      return (
        <span key={key} className="mono">
          {part.text}
        </span>
      );
    if (part.as)
      return (
        <span key={key} className={`${part.as} num`}>
          {part.text}
        </span>
      );
    return <span key={key}>{part.text}</span>;
  });
}

/** A message: text, code, mentions of who is here, keys of tasks that exist. `short` keeps it to lines of text. */
export function MessageText({ text, cast, short = false }: { text: string; cast: Cast; short?: boolean }) {
  const tasks = new Map([...cast.tasks.values()].map((task) => [task.key, task]));
  const found = tokens(
    text,
    (name) => cast.mentioned.has(name),
    (key) => tasks.has(key),
  );
  return found.map((token, index) => {
    const key = `${index}`;
    if (token.kind === 'code' || (short && token.kind === 'block'))
      return <code key={key}>{token.text}</code>;
    if (token.kind === 'block')
      return (
        <pre key={key} className="block" tabIndex={0}>
          {token.text}
        </pre>
      );
    if (token.kind === 'task') {
      const status = tasks.get(token.text)?.status ?? 'open';
      return <TaskLabel key={key} taskKey={token.text} status={status} />;
    }
    if (token.kind === 'mention') {
      const agent = cast.mentioned.get(token.name)?.kind === 'agent';
      return (
        <span key={key} className={`at ${agent ? 'a' : 'h'}`}>
          {token.text}
        </span>
      );
    }
    return <span key={key}>{token.text}</span>;
  });
}
