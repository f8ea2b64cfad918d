import { Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { AccessReply, SessionReply } from '@clawtank/contracts';
import {
  Accounts,
  AgentTokenBody,
  LoginBody,
  type OpenedSession,
  PasswordResetBody,
  RefreshBody,
  RegisterBody,
  Sessions,
} from '@clawtank/auth';
import { validateInput } from '@clawtank/commands';
import { refuse } from '@clawtank/http';
import { Limits } from '@clawtank/limits';
import type { FastifyReply } from 'fastify';
import { API_PREFIX } from '../rest/api-prefix.js';
import type { RestRequest } from '../rest/rest-request.js';
import { OwnOriginGuard } from './own-origin.guard.js';
import { noRefreshCookie, readRefreshCookie, refreshCookie } from './refresh-cookie.js';
import { RequestOrigin } from './request-origin.js';

/** Sessions of people, and the exchange of agent tokens. Tokens go in and out of bodies and one cookie only. */
@Controller(`${API_PREFIX}/auth`)
@UseGuards(OwnOriginGuard)
export class AuthController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly origin: RequestOrigin,
    private readonly limits: Limits,
  ) {}

  @Post('register')
  async register(
    @Req() request: RestRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionReply> {
    const input = await validateInput(RegisterBody, request.body ?? {});
    await this.limits.signIn(this.origin.address(request), input.username);
    const inBody = input.client === 'cli';
    const place = this.origin.place(request, inBody);
    const session = await this.accounts.register(input, this.origin.isLocal(request), place);
    return this.hand(session, inBody, request, reply);
  }

  @Post('login')
  @HttpCode(200)
  async login(
    @Req() request: RestRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionReply> {
    const input = await validateInput(LoginBody, request.body ?? {});
    await this.limits.signIn(this.origin.address(request), input.login);
    const inBody = input.client === 'cli';
    const session = await this.accounts.login(input, this.origin.place(request, inBody));
    return this.hand(session, inBody, request, reply);
  }

  @Post('refresh')
  @HttpCode(200)
  async refresh(
    @Req() request: RestRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionReply> {
    const { refresh_token: given } = await validateInput(RefreshBody, request.body ?? {});
    const token = given ?? readRefreshCookie(request.headers.cookie);
    if (!token) throw refuse('auth.required', {});
    await this.limits.signIn(this.origin.address(request));
    const inBody = given !== undefined;
    const session = await this.sessions.refresh(token, this.origin.place(request, inBody));
    return this.hand(session, inBody, request, reply);
  }

  @Post('logout')
  @HttpCode(204)
  async logout(@Req() request: RestRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { refresh_token: inBody } = await validateInput(RefreshBody, request.body ?? {});
    const token = inBody ?? readRefreshCookie(request.headers.cookie);
    if (token) await this.sessions.close(token);
    if (inBody === undefined) reply.header('Set-Cookie', noRefreshCookie(this.origin.isSecure(request)));
  }

  @Post('password-reset')
  @HttpCode(200)
  async resetPassword(
    @Req() request: RestRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionReply> {
    const input = await validateInput(PasswordResetBody, request.body ?? {});
    await this.limits.signIn(this.origin.address(request));
    const inBody = input.client === 'cli';
    const session = await this.accounts.resetPassword(input, this.origin.place(request, inBody));
    return this.hand(session, inBody, request, reply);
  }

  @Post('agent-token')
  @HttpCode(200)
  async agentToken(@Req() request: RestRequest): Promise<AccessReply> {
    const { token } = await validateInput(AgentTokenBody, request.body ?? {});
    await this.limits.signIn(this.origin.address(request));
    return this.accounts.exchangeAgentToken(token);
  }

  private hand(
    { reply: body, refreshToken }: OpenedSession,
    inBody: boolean,
    request: RestRequest,
    reply: FastifyReply,
  ): SessionReply {
    if (inBody) return { ...body, refresh_token: refreshToken };
    reply.header('Set-Cookie', refreshCookie(refreshToken, this.origin.isSecure(request)));
    return body;
  }
}
