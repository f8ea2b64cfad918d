import { applyDecorators } from '@nestjs/common';
import { IsOptional, IsString, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { EnvVar, SafeUrl } from '@clawtank/config';

/** A client id and its secret come together. */
function PairedWith(other: keyof SignInConfig, name: string): PropertyDecorator {
  return applyDecorators(
    ValidateIf((config: SignInConfig, value: unknown) => value !== undefined || config[other] !== undefined),
    IsString({ message: `is needed where ${name} is set` }),
    MinLength(1),
  );
}

/** Who people may sign in through. A provider without a client id is not there. */
export class SignInConfig {
  /** The OAuth app's client id. */
  @EnvVar('GITHUB_CLIENT_ID')
  @PairedWith('githubClientSecret', 'GITHUB_CLIENT_SECRET')
  githubClientId?: string;

  @EnvVar('GITHUB_CLIENT_SECRET', { secret: true })
  @PairedWith('githubClientId', 'GITHUB_CLIENT_ID')
  githubClientSecret?: string;

  /** GitHub itself, or a GitHub Enterprise Server. */
  @EnvVar('GITHUB_URL')
  @SafeUrl()
  githubUrl = 'https://github.com';

  /** Its REST API; left out, the one that belongs to `GITHUB_URL`. */
  @EnvVar('GITHUB_API_URL')
  @IsOptional()
  @SafeUrl()
  githubApiUrl?: string;

  @EnvVar('GOOGLE_CLIENT_ID')
  @PairedWith('googleClientSecret', 'GOOGLE_CLIENT_SECRET')
  googleClientId?: string;

  @EnvVar('GOOGLE_CLIENT_SECRET', { secret: true })
  @PairedWith('googleClientId', 'GOOGLE_CLIENT_ID')
  googleClientSecret?: string;

  /** The application's id. */
  @EnvVar('GITLAB_CLIENT_ID')
  @PairedWith('gitlabClientSecret', 'GITLAB_CLIENT_SECRET')
  gitlabClientId?: string;

  @EnvVar('GITLAB_CLIENT_SECRET', { secret: true })
  @PairedWith('gitlabClientId', 'GITLAB_CLIENT_ID')
  gitlabClientSecret?: string;

  /** GitLab itself, or one's own. */
  @EnvVar('GITLAB_URL')
  @SafeUrl()
  gitlabUrl = 'https://gitlab.com';

  @EnvVar('OIDC_CLIENT_ID')
  @PairedWith('oidcClientSecret', 'OIDC_CLIENT_SECRET')
  oidcClientId?: string;

  @EnvVar('OIDC_CLIENT_SECRET', { secret: true })
  @PairedWith('oidcClientId', 'OIDC_CLIENT_ID')
  oidcClientSecret?: string;

  /** Where the OpenID provider describes itself, without `/.well-known/openid-configuration`. */
  @EnvVar('OIDC_ISSUER')
  @ValidateIf((config: SignInConfig) => config.oidcIssuer !== undefined || config.oidcClientId !== undefined)
  @SafeUrl()
  oidcIssuer?: string;

  /** What people read on its button. */
  @EnvVar('OIDC_NAME')
  @IsOptional()
  @IsString()
  @MaxLength(40)
  oidcName = 'single sign-on';
}
