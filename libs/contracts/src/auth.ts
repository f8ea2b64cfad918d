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
export interface PasswordResetInput {
  /** What an administrator handed out. */
  code: string;
  password: string;
  client?: 'cli';
}
export interface MeUpdateInput {
  command_id?: string;
  display_name: string;
}
export interface ChangePasswordInput {
  command_id?: string;
  /** May be left out by who has none yet. */
  current_password?: string;
  new_password: string;
}
export interface AgentTokenInput {
  token: string;
}
/** Who people can sign in through, beside a password. */
export const SIGN_IN_PROVIDERS = ['github', 'google', 'gitlab', 'oidc'] as const;
export type SignInProviderId = (typeof SIGN_IN_PROVIDERS)[number];

/** A provider that this server is set up for; `GET auth/providers`. */
export interface SignInProviderView {
  readonly id: SignInProviderId;
  /** As people know it: `GitHub`, or what the administrator named it. */
  readonly name: string;
  /** Where a browser begins, relative to this server or not; `return_to` in its query names the path to come back to. */
  readonly url: string;
}

/** An account elsewhere that opens one's own here. */
export interface IdentityView {
  readonly id: string;
  readonly provider: SignInProviderId;
  readonly provider_name: string;
  /** What the account is called there. */
  readonly account: string;
  readonly linked_at: string;
  readonly last_used_at: string | null;
}
export interface IdentityRef {
  command_id?: string;
  identity_id: string;
}
/** Somewhere the caller is signed in. */
export interface SignInSessionView {
  readonly id: string;
  /** What the client calls itself; `clawtank-cli` for the command line. Empty where nothing was told. */
  readonly user_agent: string;
  /** Where it was last used from. */
  readonly address: string;
  readonly opened_at: string;
  /** To a few minutes: when it last asked for an access token. */
  readonly last_used_at: string;
  /** The one that asks. */
  readonly current: boolean;
}
export interface SignInSessionRef {
  command_id?: string;
  session_id: string;
}
/** `POST auth/:provider/link`. */
export interface LinkInput {
  /** The path of this server to come back to. */
  return_to?: string;
}
export interface LinkReply {
  /** Where the browser goes next: the provider's own page. */
  readonly url: string;
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
