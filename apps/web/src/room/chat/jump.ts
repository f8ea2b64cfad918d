const JUMP = 'clawtank:jump';

/** Asks the chat to show a row: a message's or a question's id. */
export function jumpTo(id: string): void {
  dispatchEvent(new CustomEvent(JUMP, { detail: id }));
}

/** Calls `go` with the id of each row that was asked for. Returns how to stop. */
export function onJump(go: (id: string) => void): () => void {
  const listener = (event: Event): void => {
    if (event instanceof CustomEvent && typeof event.detail === 'string') go(event.detail);
  };
  addEventListener(JUMP, listener);
  return () => removeEventListener(JUMP, listener);
}
