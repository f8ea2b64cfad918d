/** How long a first key of two waits for its second. */
export const PAUSE_MS = 1_200;

export interface Pressed {
  readonly key: string;
  readonly mod: boolean;
  readonly at: number;
}

/** What was pressed before and may still be the beginning of something: `g`, then `b`. */
export interface Begun {
  readonly key: string;
  readonly at: number;
}

/** `mod+k`, `g b`, `?`, `c`: the names of shortcuts in the order in which a press may mean them. */
export function meanings(pressed: Pressed, begun: Begun | null): readonly string[] {
  const key = pressed.key.toLowerCase();
  if (pressed.mod) return [`mod+${key}`];
  const follows = begun && pressed.at - begun.at < PAUSE_MS;
  return follows ? [`${begun.key} ${key}`, key] : [key];
}
