import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { type Arrival, type Attempt, LinkBody, SignIn, SignInProviders } from '@clawtank/auth';
import { validateInput } from '@clawtank/commands';
import type { LinkReply, Page, SignInProviderView } from '@clawtank/contracts';
import { refuse } from '@clawtank/http';
import { Failure } from '@clawtank/kernel';
import { Limits } from '@clawtank/limits';
import type { FastifyReply } from 'fastify';
import { API_PREFIX } from '../rest/api-prefix.js';
import type { RestRequest } from '../rest/rest-request.js';
import { attemptCookie, noAttemptCookie, readAttemptCookie } from './attempt-cookie.js';
import { CallerGuard } from './caller.guard.js';
import { OwnOriginGuard } from './own-origin.guard.js';
import { problemPage } from './problem-page.js';
import { refreshCookie } from './refresh-cookie.js';
import { RequestOrigin } from './request-origin.js';

/** Signing in through providers: a browser leaves for their page, and comes back with their answer. */
@Controller(`${API_PREFIX}/auth`)
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly providers: SignInProviders,
    private readonly origin: RequestOrigin,
    private readonly limits: Limits,
  ) {}

  @Get('providers')
  list(): Page<SignInProviderView> {
    const at = `${this.origin.publicSite ?? ''}/${API_PREFIX}/auth`;
    return {
      items: this.providers.all.map(({ id, name }) => ({ id, name, url: `${at}/${id}` })),
      next_cursor: null,
    };
  }

  @Get(':provider')
  async leave(
    @Param('provider') provider: string,
    @Query('return_to') wanted: unknown,
    @Req() request: RestRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.providers.get(provider);
    await this.limits.signIn(this.origin.address(request));
    const returnTo = typeof wanted === 'string' ? wanted : undefined;
    try {
      const { url, sealed } = await this.signIn.depart(provider, this.callbackOf(provider, request), {
        returnTo,
      });
      await this.redirect(reply, url, [attemptCookie(sealed, this.origin.isSecure(request))]);
    } catch (error) {
      await this.redirect(reply, problemPage(error, provider, null), []);
    }
  }

  /** Linking begins with a request that carries the caller's access token, which no navigation does. */
  @Post(':provider/link')
  @HttpCode(200)
  @UseGuards(OwnOriginGuard, CallerGuard)
  async link(
    @Param('provider') provider: string,
    @Req() request: RestRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinkReply> {
    const { return_to: returnTo } = await validateInput(LinkBody, request.body ?? {});
    const { caller } = request;
    if (!caller) throw refuse('auth.required', {});
    await this.limits.signIn(this.origin.address(request));
    const callback = this.callbackOf(provider, request);
    const { url, sealed } = await this.signIn.depart(provider, callback, { returnTo, linkTo: caller });
    reply.header('Set-Cookie', attemptCookie(sealed, this.origin.isSecure(request)));
    return { url };
  }

  @Get(':provider/callback')
  async arrive(
    @Param('provider') provider: string,
    @Req() request: RestRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.providers.get(provider);
    await this.limits.signIn(this.origin.address(request));
    const secure = this.origin.isSecure(request);
    const attempt = await this.signIn.recall(readAttemptCookie(request.headers.cookie));
    try {
      const { returnTo, session } = await this.take(provider, attempt, request);
      const opened = session ? refreshCookie(session.refreshToken, secure) : [];
      await this.redirect(reply, returnTo, [...opened, noAttemptCookie(secure)]);
    } catch (error) {
      // Whoever sends somebody here with an answer of their own does not end what that person has begun.
      const goesOn = error instanceof Failure && error.reason === 'auth.attempt_mismatch';
      await this.redirect(
        reply,
        problemPage(error, provider, attempt),
        goesOn ? [] : [noAttemptCookie(secure)],
      );
    }
  }

  private take(provider: string, attempt: Attempt | null, request: RestRequest): Promise<Arrival> {
    const query = new URL(request.raw.url ?? '/', 'http://own.invalid').searchParams;
    const entrant = {
      local: this.origin.isLocal(request),
      ...this.origin.place(request, false),
      requestId: request.id,
    };
    return this.signIn.arrive(provider, attempt, query, entrant);
  }

  private callbackOf(provider: string, request: RestRequest): string {
    return `${this.origin.site(request)}/${API_PREFIX}/auth/${provider}/callback`;
  }

  private async redirect(reply: FastifyReply, to: string, cookies: readonly string[]): Promise<void> {
    if (cookies.length > 0) reply.header('Set-Cookie', [...cookies]);
    // The address that is left holds a code.
    reply.header('Referrer-Policy', 'no-referrer');
    await reply.redirect(to, 302);
  }
}
