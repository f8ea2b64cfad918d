export { AccessTokens } from './application/access-tokens.js';
export { AccountAudit } from './application/account-audit.js';
export type { AccountAct } from './application/account-audit.js';
export { AccountModeration } from './application/account-moderation.js';
export { Accounts } from './application/accounts.js';
export {
  AgentTokenBody,
  LinkBody,
  LoginBody,
  PasswordResetBody,
  RefreshBody,
  RegisterBody,
} from './application/inputs.js';
export { Sessions } from './application/sessions.js';
export type { OpenedSession } from './application/sessions.js';
export { SetupCode } from './application/setup-code.js';
export { SignIn } from './application/sign-in.js';
export type { Arrival } from './application/sign-in.js';
export { ATTEMPT_SECONDS } from './application/sign-in-attempts.js';
export type { Attempt } from './application/sign-in-attempts.js';
export { SignInProviders } from './application/sign-in-providers.js';
export { SignUpPolicy } from './application/sign-up-policy.js';
export { TokenVerifier } from './application/token-verifier.js';
export type { VerifiedCaller } from './application/token-verifier.js';
export { AuthConfig } from './auth.config.js';
export { SignInConfig } from './sign-in.config.js';
export { SignInModule } from './sign-in.module.js';
export { AuthModule } from './auth.module.js';
export {
  agentView,
  findAgent,
  findAgentByHandle,
  findAgents,
  revokeAgentTokens,
} from './persistence/agents.js';
export type { AgentRow } from './persistence/agents.js';
export { hasBlocked } from './persistence/blocks.js';
export { findLinkedUser } from './persistence/identities.js';
export { authMigrations } from './persistence/all-migrations.js';
export { SealedSecrets } from './application/sealed-secrets.js';
export { serverSecret } from './persistence/secrets.js';
export type { SessionProof } from './persistence/session-proofs.js';
export { findUser, findUserByLogin, findUsers, userView } from './persistence/users.js';
export type { UserRow } from './persistence/users.js';
