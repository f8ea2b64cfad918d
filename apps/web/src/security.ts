/**
 * The page's Content-Security-Policy. It calls no other host, runs no script without the nonce, takes no style from
 * markup but from those that carry the nonce, and stands in no frame.
 * @param development lets the development server's own scripts and styles through
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const script = `'self' 'nonce-${nonce}' 'strict-dynamic'`;
  return [
    `default-src 'none'`,
    `script-src ${script}${development ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' ${development ? `'unsafe-inline'` : `'nonce-${nonce}'`}`,
    `img-src 'self'`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    // Else the service worker falls under `script-src`, where `strict-dynamic` counts no address.
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** The nonce in a policy; empty in one without. */
export const nonceOf = (policy: string): string => /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
