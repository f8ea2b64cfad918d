import { Injectable } from '@nestjs/common';
import { ailing, Examination, type Finding, well } from '@clawtank/kernel';
import { WebhookConfig } from './webhook.config.js';

interface Setting {
  readonly host: string;
  readonly name: string;
  readonly secret: string | undefined;
  readonly previous: string | undefined;
  /** The host sends the secret itself along, where it could sign with it. */
  readonly travels: boolean;
}

/** How git hosts prove what they tell this server at its common addresses, as this process was started. */
@Injectable()
export class WebhookExamination extends Examination {
  constructor(private readonly config: WebhookConfig) {
    super();
  }

  override examine(): Promise<readonly Finding[]> {
    const { githubSecret, githubPreviousSecret, gitlabSecret, gitlabPreviousSecret } = this.config;
    const github = { secret: githubSecret, previous: githubPreviousSecret, travels: false };
    const travels = gitlabSecret !== undefined && !gitlabSecret.startsWith('whsec_');
    const gitlab = { secret: gitlabSecret, previous: gitlabPreviousSecret, travels };
    return Promise.resolve([
      secretFinding({ host: 'GitHub', name: 'GITHUB_WEBHOOK_SECRET', ...github }),
      secretFinding({ host: 'GitLab', name: 'GITLAB_WEBHOOK_SECRET', ...gitlab }),
    ]);
  }
}

function secretFinding({ host, name, secret, previous, travels }: Setting): Finding {
  if (secret === undefined)
    return well('webhooks', `Without ${name}, what ${host} sends to its common address is refused.`);
  if (travels)
    return ailing(
      'webhooks',
      'warning',
      `${host} sends its secret token along with every delivery.`,
      `Set a signing token (whsec_…) in ${host} and as ${name}: it never travels.`,
    );
  if (previous !== undefined)
    return ailing(
      'webhooks',
      'warning',
      `The secret of ${host} from before the change counts still.`,
      `Take ${name}_PREVIOUS away once ${host} has the new one.`,
    );
  return well('webhooks', `${host} signs with ${name}.`);
}
