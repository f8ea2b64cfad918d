import type { WebhookDefinition } from '@octokit/webhooks-examples';
import { mergeNews, newsOf } from './host-news.js';

const examples = jest.requireActual<readonly WebhookDefinition[]>('@octokit/webhooks-examples');
const SHA = 'a'.repeat(40);
const exampleOf = (event: string, action?: string): unknown => {
  const found = examples
    .find(({ name }) => name === event)
    ?.examples.find((one) => action === undefined || ('action' in one && one.action === action));
  if (!found) throw new Error(`GitHub has no example of ${event} ${action ?? ''}`);
  return found;
};

describe('newsOf GitHub', () => {
  it('reads each example that GitHub’s own developers collected', () => {
    const used = new Set<string>();
    for (const { name, examples: some } of examples) {
      for (const payload of some) if (newsOf('github', name, payload)) used.add(name);
    }
    expect([...used].sort()).toEqual([
      'branch_protection_rule',
      'check_run',
      'check_suite',
      'create',
      'delete',
      'installation',
      'installation_repositories',
      'public',
      'pull_request',
      'pull_request_review',
      'pull_request_review_comment',
      'push',
      'repository',
      'status',
      'workflow_run',
    ]);
  });

  it.each([
    ['push', undefined, { refs: true }],
    ['create', undefined, { refs: true }],
    ['delete', undefined, { refs: true }],
    ['pull_request', 'opened', { pulls: [2], refs: true }],
    ['pull_request', 'closed', { pulls: [2], refs: true }],
    ['pull_request_review', 'submitted', { pulls: [2] }],
    ['check_run', 'created', { checks: ['ec26c3e57ca3a959ca5aad62de7213c562f8c821'] }],
    ['check_suite', 'completed', { checks: ['ec26c3e57ca3a959ca5aad62de7213c562f8c821'] }],
    ['status', undefined, { checks: ['6113728f27ae82c7b1a177c8d03f9e96e0adf246'] }],
    ['repository', 'renamed', { connection: true }],
  ])('%s %s', (event, action, changes) => {
    expect(newsOf('github', event, exampleOf(event, action))).toEqual({
      repository: { fullName: expect.stringMatching(/^[A-Z][a-z]+\/Hello-World$/) as string },
      refs: false,
      pulls: [],
      checks: [],
      connection: false,
      ...changes,
    });
  });

  it.each(['ping', 'star', 'an_event_of_tomorrow', '__proto__', 'constructor'])(
    '%s says nothing',
    (event) => {
      expect(newsOf('github', event, { repository: { full_name: 'a/b' } })).toBeNull();
    },
  );
});

describe('newsOf GitLab', () => {
  const project = { path_with_namespace: 'group/sub/project' };
  it.each([
    ['push', {}, { refs: true }],
    ['tag_push', {}, { refs: true }],
    ['merge_request', { object_attributes: { iid: 7 } }, { pulls: [7], refs: true }],
    ['note', { merge_request: { iid: 7 } }, { pulls: [7] }],
    ['note', { issue: { iid: 7 } }, {}],
    ['pipeline', { object_attributes: { sha: SHA } }, { checks: [SHA] }],
    ['build', { sha: SHA }, { checks: [SHA] }],
  ])('%s', (object_kind, payload, changes) => {
    expect(newsOf('gitlab', 'Some Hook', { object_kind, project, ...payload })).toEqual({
      repository: { fullName: 'group/sub/project' },
      refs: false,
      pulls: [],
      checks: [],
      connection: false,
      ...changes,
    });
  });

  it('says nothing in an event that rooms don’t know', () => {
    expect(newsOf('gitlab', 'Emoji Hook', { object_kind: 'emoji', project })).toBeNull();
  });
});

describe('newsOf anything', () => {
  it.each([
    null,
    'text',
    7,
    [],
    {},
    { pull_request: 'x' },
    { pull_request: { number: '2' } },
    { repository: 1 },
  ])('takes %j', (payload) => {
    expect(newsOf('github', 'pull_request', payload)).toMatchObject({ repository: null, pulls: [] });
    expect(newsOf('gitlab', 'Push Hook', payload)).toBeNull();
  });

  it('is as short as its repository, though a push has 2,048 commits', () => {
    const commits = Array.from({ length: 2_048 }, (_, n) => ({ id: n.toString(16).padStart(40, '0') }));
    const payload = { repository: { full_name: 'a/b' }, commits };
    expect(JSON.stringify(newsOf('github', 'push', payload)).length).toBeLessThan(200);
  });
});

it('news of one repository is merged, each thing named once', () => {
  const base = { repository: null, refs: false, pulls: [], checks: [], connection: false };
  expect(
    mergeNews([
      { ...base, pulls: [9, 2], refs: true },
      { ...base, pulls: [2], checks: [SHA] },
      { ...base, checks: [SHA] },
    ]),
  ).toEqual({ refs: true, pulls: [2, 9], checks: [SHA], connection: false });
});
