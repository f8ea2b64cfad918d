import { WebhookExamination } from './webhook-examination.js';
import { WebhookConfig } from './webhook.config.js';

const examined = (config: Partial<WebhookConfig>) =>
  new WebhookExamination(Object.assign(new WebhookConfig(), config)).examine();

it.each([
  ['neither host', {}, ['ok', 'ok']],
  ['GitHub', { githubSecret: 'sixteen letters at least' }, ['ok', 'ok']],
  [
    'GitHub, while its secret changes',
    { githubSecret: 'new', githubPreviousSecret: 'old' },
    ['warning', 'ok'],
  ],
  ['GitLab by its signing token', { gitlabSecret: 'whsec_abc' }, ['ok', 'ok']],
  ['GitLab by the token that travels', { gitlabSecret: 'abc' }, ['ok', 'warning']],
])('what is found of webhooks of %s', async (_name, config, states) => {
  const findings = await examined(config);
  expect(findings.map(({ state }) => state)).toEqual(states);
  expect(JSON.stringify(findings)).not.toContain('sixteen letters');
});
