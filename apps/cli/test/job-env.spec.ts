import { commitMessage, pullRequestText } from '../src/agent-run/commit-message.js';
import { jobEnv, jobJson } from '../src/agent-run/job-env.js';
import { aTask } from '@clawtank/agent-sdk/testing';
import { aJob, PASSWORD } from './job-builders.js';

describe('jobEnv', () => {
  const env = jobEnv(
    {
      PATH: '/bin',
      EDITOR: undefined,
      CLAWTANK_PASSWORD: 'p',
      CLAWTANK_AGENT_TOKEN: 'clw_x',
      CLAWTANK_HOME: '/home/ada/.config',
      GIT_DIR: '/elsewhere/.git',
    },
    aJob(),
    '/home/ada/jobs/T-1-3.json',
  );

  it.each([
    ['PATH', '/bin'],
    ['CLAWTANK_REASON', 'task'],
    ['CLAWTANK_TASK_ID', 't1'],
    ['CLAWTANK_TASK_KEY', 'T-1'],
    ['CLAWTANK_TASK_TITLE', 'Write the parser'],
    ['CLAWTANK_TASK_JSON', '/home/ada/jobs/T-1-3.json'],
    ['CLAWTANK_ROOM_ID', 'r1'],
    ['CLAWTANK_BRANCH', 'clawtank/T-1/3'],
    ['CLAWTANK_BASE_BRANCH', 'main'],
    ['CLAWTANK_FENCE', '3'],
    ['CLAWTANK_SERVER', 'https://tank.example.org'],
    ['GIT_AUTHOR_NAME', 'PINCER'],
    ['GIT_COMMITTER_EMAIL', 'pincer@agents.clawtank.invalid'],
  ])('says %s', (name, value) => {
    expect(env[name]).toBe(value);
  });

  it.each(['CLAWTANK_PASSWORD', 'CLAWTANK_AGENT_TOKEN', 'CLAWTANK_HOME', 'GIT_DIR', 'EDITOR'])(
    'hands %s on to nobody',
    (name) => {
      expect(env).not.toHaveProperty(name);
    },
  );

  it('and its JSON hold no git credential', () => {
    expect(JSON.stringify([env, jobJson(aJob())])).not.toContain(PASSWORD);
  });
});

describe('commitMessage', () => {
  it.each([
    ['a task', aJob(), 'T-1: Write the parser\n\nClawTank-Task: T-1\nClawTank-Agent: PINCER\n'],
    [
      'a merge',
      aJob({ reason: 'conflict' }),
      'T-1: merge main\n\nClawTank-Task: T-1\nClawTank-Agent: PINCER\n',
    ],
    [
      'a title of several lines',
      aJob({ task: aTask({ title: 'Write\nthe   parser' }) }),
      'T-1: Write the parser\n\nClawTank-Task: T-1\nClawTank-Agent: PINCER\n',
    ],
  ])('of %s', (_, job, message) => {
    expect(commitMessage(job)).toBe(message);
  });

  it('has a subject that fits on a line', () => {
    const subject = commitMessage(aJob({ task: aTask({ title: 'very '.repeat(60) }) })).split('\n')[0] ?? '';
    expect(subject.length).toBeLessThanOrEqual(100);
  });
});

describe('pullRequestText', () => {
  it('cites the task and the agent’s last words', () => {
    const text = pullRequestText(aJob(), ['CLAWTANK_PROGRESS 1 done', '', 'All 12 tests pass.']);
    expect(text.title).toBe('Write the parser');
    expect(text.body).toContain('T-1 by PINCER (scripted).');
    expect(text.body).toContain('    All 12 tests pass.');
    expect(text.body).not.toContain('CLAWTANK_PROGRESS');
  });
});
