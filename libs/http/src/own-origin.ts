/**
 * Whether a browser's `Origin` header is this server's own. A request without one comes from no page of
 * another site: agents and the command line send none.
 * @param origin the `Origin` header
 * @param host the `Host` header, which a browser does not let a page choose
 * @param publicUrl the address people use, where it differs from what reaches this process
 */
export function isOwnOrigin(
  origin: string | undefined,
  host: string | undefined,
  publicUrl?: string,
): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host: from, protocol, origin: canonical } = new URL(origin);
  if (!/^https?:$/.test(protocol)) return false;
  if (publicUrl && URL.canParse(publicUrl) && new URL(publicUrl).origin === canonical) return true;
  return host !== undefined && from === canonicalHost(host, protocol);
}

/** A browser leaves a scheme's default port out of `Origin`, a client may still name it in `Host`. */
function canonicalHost(host: string, protocol: string): string {
  const address = `${protocol}//${host}`;
  return URL.canParse(address) ? new URL(address).host : '';
}
