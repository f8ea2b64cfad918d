import { aSnapshot, aTask, AT } from '@clawtank/agent-sdk/testing';
import { aContext } from '../../test/job-builders.js';
import { contextText } from './context-text.js';

const BO = { kind: 'human', id: 'bo', name: 'Bo' } as const;
const { room } = aSnapshot();

describe('what a room knows, as text', () => {
  it('is its name and state where nothing else is known', () => {
    const text = contextText(aContext());
    expect(text).toContain(`# ${room.name}`);
    expect(text).not.toContain('##');
  });

  it.each([
    ['its goal', aContext({ room: { ...room, description: 'A small shop.' } }), 'A small shop.'],
    [
      'decisions',
      aContext({ decisions: [{ id: 'd', text: 'Tabs.', by: BO, created_at: AT }] }),
      '## Decisions\n\n- Tabs. (Bo)',
    ],
    [
      'tasks, with their day and their files',
      aContext({ active_tasks: [aTask({ deadline: '2026-03-06', paths: ['src/**'] })] }),
      '; by 2026-03-06; src/**)',
    ],
    [
      'news',
      aContext({ since_you_left: { after: 3, news: [{ seq: 4, at: AT, by: 'Bo', text: 'merged #1' }] } }),
      '## Since you left\n\n- Bo: merged #1',
    ],
    [
      'what is held',
      aContext({
        leases: [
          {
            task_id: 't',
            task_key: 'T-1',
            pattern: 'src/**',
            holder: { kind: 'agent', id: 'pincer', name: 'Pincer' },
            source: 'claim',
            why: null,
            expires_at: null,
          },
        ],
      }),
      '- `src/**`: Pincer for T-1',
    ],
    [
      'what was left out',
      aContext({ left_out: { chat_history: 12 } }),
      'Left out for the size: 12 chat history.',
    ],
  ])('tells %s', (_, context, told) => {
    expect(contextText(context)).toContain(told);
  });
});
