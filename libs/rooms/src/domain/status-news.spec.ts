import { newsOf } from './status-news.js';

const said = { status: 'executing', taskId: 'task-1', detail: null, progress: 0.2, capabilities: ['edit'] };

it.each([
  ['the same again', {}, 'none'],
  ['another status', { status: 'testing' }, 'event'],
  ['another task', { taskId: 'task-2' }, 'event'],
  ['a word about it', { detail: 'reading' }, 'event'],
  ['only how far it has come', { progress: 0.4 }, 'signal'],
  ['another skill', { capabilities: ['edit', 'review'] }, 'event'],
  ['nothing of its skills', { capabilities: null }, 'none'],
  ['no longer how far', { progress: null }, 'none'],
])('%s', (_name, change, news) => {
  expect(newsOf(said, { ...said, ...change })).toBe(news);
});
