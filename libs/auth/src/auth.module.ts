import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { AccessTokens } from './application/access-tokens.js';
import { AccountModeration } from './application/account-moderation.js';
import { Accounts } from './application/accounts.js';
import { CreateAgent, CreateAgentToken, DeleteAgent, RevokeAgentToken } from './application/agents.js';
import { BlockUser, ListBlocks, UnblockUser } from './application/blocks.js';
import { ChangePassword, UpdateMe } from './application/own-account.js';
import { EndOtherSessions, EndSession, ListSessions } from './application/own-sessions.js';
import { GetMe, ListAgents, ListAgentTokens } from './application/queries.js';
import { NewAccounts } from './application/new-accounts.js';
import { SealedSecrets } from './application/sealed-secrets.js';
import { Sessions } from './application/sessions.js';
import { SetupCode } from './application/setup-code.js';
import { SignUpPolicy } from './application/sign-up-policy.js';
import { TokenVerifier } from './application/token-verifier.js';

const HANDLERS = [
  CreateAgent,
  CreateAgentToken,
  DeleteAgent,
  RevokeAgentToken,
  UpdateMe,
  ChangePassword,
  BlockUser,
  UnblockUser,
  ListBlocks,
  ListSessions,
  EndSession,
  EndOtherSessions,
  GetMe,
  ListAgents,
  ListAgentTokens,
];
const SERVICES = [
  AccessTokens,
  AccountModeration,
  Accounts,
  NewAccounts,
  SealedSecrets,
  Sessions,
  SetupCode,
  SignUpPolicy,
  TokenVerifier,
];

@Global()
@Module({ imports: [JwtModule.register({})], providers: [...HANDLERS, ...SERVICES], exports: SERVICES })
export class AuthModule {}
