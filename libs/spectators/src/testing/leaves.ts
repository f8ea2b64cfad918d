/** Paths of all values inside, indices left out: `reviews.comments.body`. */
export function leafPaths(value: unknown, path = ''): readonly string[] {
  return [...new Set(leaves(value, path).map((leaf) => leaf.path))].sort();
}

/** Every value inside with its path. */
export function leaves(value: unknown, path = ''): readonly { path: string; value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, path));
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path ? `${path}.${key}` : key));
}
