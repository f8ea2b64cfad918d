import type { PeerClock } from '../peer-clock.js';
import type { PeerReply, PeerRequest } from '../peer-http.js';

const HOUR_S = 3_600;

/** GitHub's two limits: requests an hour, told in every answer, and the one on bursts, told when it is reached. */
export class RateLimit {
  perHour = 5_000;
  remaining = 5_000;
  /** Requests are refused until then, with `retry-after`. */
  secondaryUntil: Date | null = null;
  private resetAt: number;

  constructor(private readonly clock: PeerClock) {
    this.resetAt = this.seconds() + HOUR_S;
  }

  /** Nothing is left until so many seconds from now. */
  exhaust(seconds: number): void {
    this.remaining = 0;
    this.resetAt = this.seconds() + seconds;
  }

  tooFast(seconds: number): void {
    this.secondaryUntil = new Date(this.clock.now().getTime() + seconds * 1_000);
  }

  /** Answers that have not changed cost nothing. */
  async count(request: PeerRequest, answer: () => Promise<PeerReply>): Promise<PeerReply> {
    if (this.seconds() >= this.resetAt) {
      this.remaining = this.perHour;
      this.resetAt = this.seconds() + HOUR_S;
    }
    if (this.secondaryUntil && this.secondaryUntil > this.clock.now()) {
      const wait = Math.ceil((this.secondaryUntil.getTime() - this.clock.now().getTime()) / 1_000);
      const message =
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
      return { status: 429, body: { message }, headers: { 'retry-after': String(wait), ...this.headers() } };
    }
    if (request.path.endsWith('/rate_limit')) return withHeaders(await answer(), this.headers());
    if (this.remaining <= 0) {
      return {
        status: 403,
        body: { message: 'API rate limit exceeded for installation.' },
        headers: this.headers(),
      };
    }
    const reply = await answer();
    if (reply.status !== 304) this.remaining -= 1;
    return withHeaders(reply, this.headers());
  }

  headers(): Record<string, string> {
    return {
      'x-ratelimit-limit': String(this.perHour),
      'x-ratelimit-remaining': String(this.remaining),
      'x-ratelimit-used': String(this.perHour - this.remaining),
      'x-ratelimit-reset': String(this.resetAt),
      'x-ratelimit-resource': 'core',
      date: this.clock.now().toUTCString(),
    };
  }

  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1_000);
  }
}

const withHeaders = (reply: PeerReply, headers: Readonly<Record<string, string>>): PeerReply => ({
  ...reply,
  headers: { ...reply.headers, ...headers },
});
