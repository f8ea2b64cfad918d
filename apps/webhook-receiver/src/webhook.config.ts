import { IsOptional, MinLength } from 'class-validator';
import { EnvVar } from '@clawtank/config';

const MIN_SECRET = 16;

/** Without its secret a host's webhooks are refused: a secret is never empty. */
export class WebhookConfig {
  /** Secret of the GitHub App's webhook; GitHub signs each delivery with it. */
  @EnvVar('GITHUB_WEBHOOK_SECRET', { secret: true })
  @IsOptional()
  @MinLength(MIN_SECRET)
  githubSecret?: string;

  /** The one before it, while it is being changed. */
  @EnvVar('GITHUB_WEBHOOK_SECRET_PREVIOUS', { secret: true })
  @IsOptional()
  @MinLength(MIN_SECRET)
  githubPreviousSecret?: string;

  /** Signing token (`whsec_…`) of the GitLab webhook; any other text is the weaker secret token, which GitLab sends along. */
  @EnvVar('GITLAB_WEBHOOK_SECRET', { secret: true })
  @IsOptional()
  @MinLength(MIN_SECRET)
  gitlabSecret?: string;

  /** The one before it, while it is being changed. */
  @EnvVar('GITLAB_WEBHOOK_SECRET_PREVIOUS', { secret: true })
  @IsOptional()
  @MinLength(MIN_SECRET)
  gitlabPreviousSecret?: string;
}
