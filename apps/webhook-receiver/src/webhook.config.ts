import { IsOptional, MinLength } from 'class-validator';
import { EnvVar } from '@clawtank/config';

const MIN_SECRET = 16;

/** Without its secret a host's webhooks are refused: a secret is never empty. */
export class WebhookConfig {
  /** Secret of the GitHub webhook; GitHub signs each delivery with it. */
  @EnvVar('GITHUB_WEBHOOK_SECRET', { secret: true })
  @IsOptional()
  @MinLength(MIN_SECRET)
  githubSecret?: string;

  /** Secret token of the GitLab webhook; GitLab sends it along. */
  @EnvVar('GITLAB_WEBHOOK_SECRET', { secret: true })
  @IsOptional()
  @MinLength(MIN_SECRET)
  gitlabSecret?: string;
}
