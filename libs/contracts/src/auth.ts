import type { OwnUserView } from './views.js';

export interface RegisterInput {
  username: string;
  email: string;
  password: string;
  display_name?: string;
  /** Needed for the first account when it does not come from this machine. */
  setup_code?: string;
  /** `cli`: the refresh token comes in the body instead of a cookie. */
  client?: 'cli';
}
export interface LoginInput {
  /** User name or e-mail address. */
  login: string;
  password: string;
  client?: 'cli';
}
export interface RefreshInput {
  refresh_token?: string;
}
export interface AgentTokenInput {
  token: string;
}
export interface SessionReply {
  readonly user: OwnUserView;
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly refresh_token?: string;
}
export interface AccessReply {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
}
