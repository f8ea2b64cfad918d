import { EnvVar, SafeUrl } from '@clawtank/config';
import { IsOptional, IsString, Matches, MinLength } from 'class-validator';

/** The code hosts that rooms may be connected to. */
export class HostsConfig {
  /** The address people open, where code hosts bring their news too. What is wrong with it, the transports say. */
  @EnvVar('CLAWTANK_URL')
  @IsOptional()
  @IsString()
  publicUrl?: string;

  /** A GitHub Enterprise Server instead. */
  @EnvVar('GITHUB_URL')
  @SafeUrl()
  githubUrl = 'https://github.com';

  /** Its REST API; left out, the one that belongs to `GITHUB_URL`. */
  @EnvVar('GITHUB_API_URL')
  @IsOptional()
  @SafeUrl()
  githubApiUrl?: string;

  /** The GitHub App's id. */
  @EnvVar('GITHUB_APP_ID')
  @IsOptional()
  @Matches(/^\d+$/)
  githubAppId?: string;

  /** The App's private key, PEM; its line ends may be written as `\n`. */
  @EnvVar('GITHUB_APP_PRIVATE_KEY', { secret: true })
  @IsOptional()
  @Matches(/PRIVATE KEY/)
  githubAppPrivateKey?: string;

  /** A token of the server's own, where there is no App. */
  @EnvVar('GITHUB_TOKEN', { secret: true })
  @IsOptional()
  @MinLength(8)
  githubToken?: string;

  /** One's own GitLab instead. */
  @EnvVar('GITLAB_URL')
  @SafeUrl()
  gitlabUrl = 'https://gitlab.com';

  /** A token of the server's own for GitLab. */
  @EnvVar('GITLAB_TOKEN', { secret: true })
  @IsOptional()
  @MinLength(8)
  gitlabToken?: string;
}
