import type { WaitOptions } from '../wire/wait.js';

/** A JWT for the socket and for REST. Times are milliseconds since 1970 on this machine's clock. */
export interface AccessToken {
  readonly token: string;
  /** From here on a provider fetches the next one; `Infinity` when it can't. */
  readonly renewAt: number;
}

/** Where a client's access tokens come from. */
export interface TokenProvider {
  /**
   * A token that is good for a while. Asked before each connection and each REST call, so it is cached.
   * @throws ClawTankError AUTHENTICATION_FAILED when there is no more token to be had
   */
  access(options?: WaitOptions): Promise<AccessToken>;
  /** The server refused this token. True when the next `access` can give another one. */
  refuse(token: string): boolean;
}

/** A JWT that somebody else keeps fresh; it is never renewed here. */
export function staticToken(token: string): TokenProvider {
  return {
    access: () => Promise.resolve({ token, renewAt: Number.POSITIVE_INFINITY }),
    refuse: () => false,
  };
}
