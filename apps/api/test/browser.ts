/** One browser window: it keeps cookies by host and path as a browser does, and follows no redirect by itself. */
export class Browser {
  /** By `host path name`. */
  private readonly jar = new Map<string, string>();

  async get(url: string): Promise<Response> {
    return this.send(url, { method: 'GET' });
  }

  async send(url: string, init: RequestInit): Promise<Response> {
    const { host, pathname } = new URL(url);
    const headers = new Headers(init.headers);
    const cookies = this.cookiesFor(host, pathname);
    if (cookies !== '') headers.set('Cookie', cookies);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.keep(host, cookie);
    return response;
  }

  /** Goes where it is sent until somebody answers with a page, or `until` names where it is sent to. */
  async follow(url: string, until: (next: URL) => boolean): Promise<URL> {
    let here = url;
    for (let hops = 0; hops < 10; hops++) {
      const { status, headers } = await this.get(here);
      const next = headers.get('location');
      if (next === null) throw new Error(`${here} answered ${String(status)}`);
      const to = new URL(next, here);
      if (until(to)) return to;
      here = to.href;
    }
    throw new Error('sent around in a circle');
  }

  cookie(name: string): string | undefined {
    return [...this.jar].find(([key]) => key.endsWith(` ${name}`))?.[1];
  }

  setCookie(host: string, path: string, name: string, value: string): void {
    this.jar.set(`${host} ${path} ${name}`, value);
  }

  private keep(host: string, header: string): void {
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
    const path = attributes.find((one) => one.startsWith('Path='))?.slice('Path='.length) ?? '/';
    const [name = '', ...value] = pair.split('=');
    const key = `${host} ${path} ${name}`;
    if (attributes.includes('Max-Age=0')) this.jar.delete(key);
    else this.jar.set(key, value.join('='));
  }

  private cookiesFor(host: string, pathname: string): string {
    return [...this.jar]
      .filter(([key]) => {
        const [of = '', path = ''] = key.split(' ');
        return of === host && pathname.startsWith(path);
      })
      .map(([key, value]) => `${key.split(' ')[2] ?? ''}=${value}`)
      .join('; ');
  }
}
