import { createAppAuth } from '@octokit/auth-app';
import { Injectable } from '@nestjs/common';
import { ailing, Examination, type Finding, well } from '@clawtank/kernel';
import { lackingPermissions } from '../../domain/app-permissions.js';
import { HostsConfig } from '../../hosts.config.js';
import { githubSettings, type GithubSettings } from './github-settings.js';

const PART = 'github';
const PATIENCE_MS = 5_000;

/** Whether GitHub takes what this server holds of its own, and whether the App may do what it has to. */
@Injectable()
export class GithubExamination extends Examination {
  constructor(private readonly config: HostsConfig) {
    super();
  }

  override async examine(): Promise<readonly Finding[]> {
    const settings = githubSettings(this.config);
    const { app, token } = settings;
    if (app) return [await examineApp(settings, app)];
    if (token !== undefined) return [await examineToken(settings, token)];
    return [well(PART, 'This server holds no App and no token: rooms on GitHub bring their own.')];
  }
}

async function examineApp(
  { apiUrl }: GithubSettings,
  app: { id: string; privateKey: string },
): Promise<Finding> {
  let answer: Response;
  try {
    const { token } = await createAppAuth({ appId: app.id, privateKey: app.privateKey })({ type: 'app' });
    answer = await ask(`${apiUrl}/app`, token);
  } catch (error) {
    return away(apiUrl, error);
  }
  if (!answer.ok) {
    const mend =
      'See that GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY belong together, and that this clock is right.';
    return ailing(PART, 'broken', `GitHub does not take the App’s key (${String(answer.status)}).`, mend);
  }
  const { slug, permissions } = (await answer.json()) as {
    slug?: string;
    permissions?: Record<string, unknown>;
  };
  const lacking = lackingPermissions(permissions ?? {});
  if (lacking.length === 0) return well(PART, `The App ${slug ?? app.id} may do all that it has to.`);
  return ailing(
    PART,
    'broken',
    `The App ${slug ?? app.id} lacks ${lacking.join(', ')}.`,
    'Grant it in the App’s settings under Permissions, then accept it where the App is installed.',
  );
}

async function examineToken({ apiUrl }: GithubSettings, token: string): Promise<Finding> {
  try {
    const answer = await ask(`${apiUrl}/rate_limit`, token);
    await answer.body?.cancel();
    if (answer.ok) return well(PART, 'GitHub takes the server’s token.');
    const found = `GitHub does not take the server’s token (${String(answer.status)}).`;
    return ailing(PART, 'broken', found, 'Make another token there and set GITHUB_TOKEN to it.');
  } catch (error) {
    return away(apiUrl, error);
  }
}

const ask = (url: string, token: string): Promise<Response> =>
  fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'user-agent': 'clawtank',
    },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

const away = (apiUrl: string, error: unknown): Finding =>
  ailing(
    PART,
    'broken',
    `GitHub can’t be asked at ${apiUrl}: ${error instanceof Error ? error.message : String(error)}.`,
    'See that this node can reach it, and that GITHUB_APP_PRIVATE_KEY is the whole PEM file where there is an App.',
  );
