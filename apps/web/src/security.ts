/**
 * The page's Content-Security-Policy. It calls no other host, runs no script without the nonce, takes no style from
 * markup, and stands in no frame.
 * @param development lets the development server's own scripts and styles through
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const script = `'self' 'nonce-${nonce}' 'strict-dynamic'`;
  return [
    `default-src 'none'`,
    `script-src ${script}${development ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self'${development ? ` 'unsafe-inline'` : ''}`,
    `img-src 'self'`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
