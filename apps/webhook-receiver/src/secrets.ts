import { Injectable } from '@nestjs/common';
import { HookKeys, type HookSecrets, type WebhookProvider } from '@clawtank/git';
import { isId } from '@clawtank/kernel';
import { fail } from './failures.js';
import { WebhookConfig } from './webhook.config.js';

const NAMES: Readonly<Record<WebhookProvider, string>> = { github: 'GitHub', gitlab: 'GitLab' };
/** A changed secret is known this much later; the one before it counts for longer than that. */
const KEPT_MS = 10_000;
const MOST_KEPT = 1_000;

interface Kept {
  readonly secrets: HookSecrets;
  readonly until: number;
}

/** What the deliveries to an address have to be signed with. */
@Injectable()
export class WebhookSecrets {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly config: WebhookConfig,
    private readonly keys: HookKeys,
  ) {}

  /**
   * @param hookId the webhook of one repository; undefined for the server's own
   * @throws webhook.not_configured, webhook.unknown_hook
   */
  find(provider: WebhookProvider, hookId: string | undefined): HookSecrets | Promise<HookSecrets> {
    if (hookId === undefined) return this.ofServer(provider);
    const kept = this.kept.get(`${provider} ${hookId}`);
    return kept && kept.until > performance.now() ? kept.secrets : this.ofHook(provider, hookId);
  }

  private ofServer(provider: WebhookProvider): HookSecrets {
    const { githubSecret, githubPreviousSecret, gitlabSecret, gitlabPreviousSecret } = this.config;
    const [current, previous] =
      provider === 'github' ? [githubSecret, githubPreviousSecret] : [gitlabSecret, gitlabPreviousSecret];
    if (!current) throw fail('webhook.not_configured', { provider: NAMES[provider] });
    return previous === undefined ? { current } : { current, previous };
  }

  private async ofHook(provider: WebhookProvider, hookId: string): Promise<HookSecrets> {
    const secrets = isId(hookId) ? await this.keys.find(provider, hookId) : undefined;
    if (!secrets) throw fail('webhook.unknown_hook', {});
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(`${provider} ${hookId}`, { secrets, until: performance.now() + KEPT_MS });
    return secrets;
  }
}
