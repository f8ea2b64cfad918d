import { Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { AccessReply, SessionReply } from '@clawtank/contracts';
import {
  Accounts,
  AgentTokenBody,
  LoginBody,
  type OpenedSession,
  RefreshBody,
  RegisterBody,
  Sessions,
} from '@clawtank/auth';
import { validateInput } from '@clawtank/commands';
import { clientAddress, HttpConfig, isLoopback, refuse } from '@clawtank/http';
import { Limits } from '@clawtank/limits';
import type { FastifyReply } from 'fastify';
import { API_PREFIX } from '../rest/api-prefix.js';
import type { RestRequest } from '../rest/rest-request.js';
import { OwnOriginGuard } from './own-origin.guard.js';
import { noRefreshCookie, readRefreshCookie, refreshCookie } from './refresh-cookie.js';

/** Sessions of people, and the exchange of agent tokens. Tokens go in and out of bodies and one cookie only. */
@Controller(`${API_PREFIX}/auth`)
@UseGuards(OwnOriginGuard)
export class AuthController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly config: HttpConfig,
    private readonly limits: Limits,
  ) {}

  @Post('register')
  async register(
    @Req() request: RestRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionReply> {
    const input = await validateInput(RegisterBody, request.body ?? {});
    await this.limits.signIn(this.addressOf(request), input.username);
    const session = await this.accounts.register(input, this.isLocal(request));
    return this.hand(session, input.client === 'cli', request, reply);
  }

  @Post('login')
  @HttpCode(200)
  async login(
    @Req() request: RestRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionReply> {
    const input = await validateInput(LoginBody, request.body ?? {});
    await this.limits.signIn(this.addressOf(request), input.login);
    return this.hand(await this.accounts.login(input), input.client === 'cli', request, reply);
  }

  @Post('refresh')
  @HttpCode(200)
  async refresh(
    @Req() request: RestRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionReply> {
    const { refresh_token: inBody } = await validateInput(RefreshBody, request.body ?? {});
    const token = inBody ?? readRefreshCookie(request.headers.cookie);
    if (!token) throw refuse('auth.required', {});
    await this.limits.signIn(this.addressOf(request));
    return this.hand(await this.sessions.refresh(token), inBody !== undefined, request, reply);
  }

  @Post('logout')
  @HttpCode(204)
  async logout(@Req() request: RestRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { refresh_token: inBody } = await validateInput(RefreshBody, request.body ?? {});
    const token = inBody ?? readRefreshCookie(request.headers.cookie);
    if (token) await this.sessions.close(token);
    if (inBody === undefined) reply.header('Set-Cookie', noRefreshCookie(this.isSecure(request)));
  }

  @Post('agent-token')
  @HttpCode(200)
  async agentToken(@Req() request: RestRequest): Promise<AccessReply> {
    const { token } = await validateInput(AgentTokenBody, request.body ?? {});
    await this.limits.signIn(this.addressOf(request));
    return this.accounts.exchangeAgentToken(token);
  }

  private hand(
    { reply: body, refreshToken }: OpenedSession,
    inBody: boolean,
    request: RestRequest,
    reply: FastifyReply,
  ): SessionReply {
    if (inBody) return { ...body, refresh_token: refreshToken };
    reply.header('Set-Cookie', refreshCookie(refreshToken, this.isSecure(request)));
    return body;
  }

  /** A proxy on this machine speaks for others: what it forwards does not come from here. */
  private isLocal(request: RestRequest): boolean {
    const forwarded = this.config.proxyHops === 0 && request.headers['x-forwarded-for'] !== undefined;
    return !forwarded && isLoopback(this.addressOf(request));
  }

  private addressOf(request: RestRequest): string {
    return clientAddress(request.raw, this.config.proxyHops);
  }

  private isSecure(request: RestRequest): boolean {
    const forwarded = this.config.proxyHops > 0 && request.headers['x-forwarded-proto'] === 'https';
    return forwarded || (this.config.publicUrl?.startsWith('https:') ?? false);
  }
}
