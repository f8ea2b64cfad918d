type Input = Readonly<Record<string, unknown>>;

/**
 * Fills `:name` of a route from the fields of `input`.
 * @returns the path, and the fields it did not use
 */
export function fillPath(route: string, input: Input): { readonly path: string; readonly rest: Input } {
  const used = new Set<string>();
  const path = route.replace(/:([a-z_]+)/g, (_, name: string) => {
    used.add(name);
    return encodeURIComponent(String(input[name]));
  });
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !used.has(name)));
  return { path, rest };
}

/** `?a=1&b=2`, without the fields that are undefined; empty when there are none. */
export function queryString(fields: Input): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined)
      parameters.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}
