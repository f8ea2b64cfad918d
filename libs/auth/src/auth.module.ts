import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { AccessTokens } from './application/access-tokens.js';
import { Accounts } from './application/accounts.js';
import { CreateAgent, CreateAgentToken, DeleteAgent, RevokeAgentToken } from './application/agents.js';
import { GetMe, ListAgents, ListAgentTokens } from './application/queries.js';
import { Sessions } from './application/sessions.js';
import { SetupCode } from './application/setup-code.js';
import { TokenVerifier } from './application/token-verifier.js';

const HANDLERS = [
  CreateAgent,
  CreateAgentToken,
  DeleteAgent,
  RevokeAgentToken,
  GetMe,
  ListAgents,
  ListAgentTokens,
];
const SERVICES = [AccessTokens, Accounts, Sessions, SetupCode, TokenVerifier];

@Global()
@Module({ imports: [JwtModule.register({})], providers: [...HANDLERS, ...SERVICES], exports: SERVICES })
export class AuthModule {}
