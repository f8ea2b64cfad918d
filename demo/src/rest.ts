/** A plain client of the REST door, with nothing of the product's own code in it. */
export class Rest {
  constructor(
    readonly base: string,
    readonly token: string | null = null,
  ) {}

  as(token: string): Rest {
    return new Rest(this.base, token);
  }

  anonymous(): Rest {
    return new Rest(this.base);
  }

  async status(path: string): Promise<number> {
    const response = await fetch(`${this.base}${path}`, { headers: this.headers() });
    await response.arrayBuffer();
    return response.status;
  }

  async text(path: string): Promise<string> {
    return (await fetch(`${this.base}${path}`, { headers: this.headers() })).text();
  }

  async get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  /** @param commandId makes a repeat harmless */
  async post<T>(path: string, body: object = {}, commandId?: string): Promise<T> {
    return this.send<T>('POST', path, body, commandId);
  }

  async patch<T>(path: string, body: object): Promise<T> {
    return this.send<T>('PATCH', path, body);
  }

  private headers(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  private async send<T>(method: string, path: string, body?: object, commandId?: string): Promise<T> {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...this.headers(),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(commandId ? { 'idempotency-key': commandId } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
