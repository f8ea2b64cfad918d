/** How many hues people and agents each have; how many eyes and mouths an agent's face is put together from. */
export const HUES = 4;
export const EYES = 5;
export const MOUTHS = 5;

/** A number that stays the same for an id, on the server and in every browser (FNV-1a, 32 bits). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/**
 * A hue (1 to `HUES`) for each id: its own where it is free, else the next free one, so that the first four in a
 * room never look alike. The order of `ids` decides; give them in the order in which they joined.
 */
export function hues(ids: readonly string[]): ReadonlyMap<string, number> {
  const given = new Map<string, number>();
  const taken = new Set<number>();
  for (const id of ids) {
    if (given.has(id)) continue;
    if (taken.size === HUES) taken.clear();
    let hue = hash(id) % HUES;
    while (taken.has(hue)) hue = (hue + 1) % HUES;
    taken.add(hue);
    given.set(id, hue + 1);
  }
  return given;
}

/** Which eyes and which mouth an agent has; its own for ever, whatever room it is in. */
export function face(id: string): { readonly eyes: number; readonly mouth: number } {
  const value = hash(`${id} face`);
  return { eyes: value % EYES, mouth: Math.floor(value / EYES) % MOUTHS };
}

/** Two letters for a person: of the first and last word, or the first two of a single one. */
export function initials(name: string): string {
  const words = name.split(/[\s_.-]+/).filter((word) => word !== '');
  const first = words[0] ?? '?';
  const last = words.length > 1 ? words.at(-1) : undefined;
  return (last ? (first[0] ?? '') + (last[0] ?? '') : first.slice(0, 2)).toUpperCase();
}
