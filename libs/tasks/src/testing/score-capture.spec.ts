import { contentWords, scoreCapture, titleOverlap, type CapturedTask } from './score-capture.js';

const message = (id: string, ...tasks: CapturedTask[]) => ({ id, tasks });
const titled = (...titles: string[]): CapturedTask[] => titles.map((title) => ({ title }));

describe('content words', () => {
  it.each([
    ['Could someone please add the footer?', ['add', 'footer']],
    ['Adding footers', ['add', 'footer']],
    ['login 500s on empty passwords', ['login', '500', 'empty', 'password']],
    ['Fixing retries, fixed retry', ['fix', 'retry']],
    ['Cache the caches', ['cach']],
    ["Don't log src/app.ts", ['dont', 'log', 'src', 'app', 'ts']],
    ['do it', ['do', 'it']],
    ['', []],
  ])('%j', (title, words) => {
    expect([...contentWords(title)]).toEqual(words);
  });
});

describe('title overlap', () => {
  it.each([
    ['Add a footer', 'add the footer', 1],
    ['Add a footer', 'Remove the header', 0],
    ['Fix login 500 on empty password', 'login 500s on empty password', 8 / 9],
    ['Add footer', 'Add header', 0.5],
    ['', '', 0],
  ])('%j and %j', (one, other, overlap) => {
    expect(titleOverlap(one, other)).toBeCloseTo(overlap);
    expect(titleOverlap(other, one)).toBeCloseTo(overlap);
  });
});

describe('score of a capture', () => {
  it.each([
    ['all found', titled('Add a footer'), titled('add footer'), [1, 1]],
    ['nothing seen where nothing is', [], [], [1, 1]],
    ['a false alarm', [], titled('Add a footer'), [0, 1]],
    ['a miss', titled('Add a footer'), [], [1, 0]],
    ['something else', titled('Add a footer'), titled('Drop python'), [0, 0]],
    [
      'one of two, with one too many',
      titled('Add a footer', 'Drop python'),
      titled('Add footer', 'Eat'),
      [0.5, 0.5],
    ],
    ['the same guess twice', titled('Add a footer'), titled('Add footer', 'Add footer'), [0.5, 1]],
    ['one guess for two labels', titled('Add a footer', 'Add a footer'), titled('Add footer'), [1, 0.5]],
  ])('%s', (_case, labelled, predicted, [precision, recall]) => {
    expect(scoreCapture([message('m1', ...labelled)], [message('m1', ...predicted)])).toMatchObject({
      precision,
      recall,
    });
  });

  it('gives each label its best guess first', () => {
    const score = scoreCapture(
      [
        message(
          'm1',
          { title: 'Add header tests', priority: 'high' },
          { title: 'Add header', priority: 'low' },
        ),
      ],
      [
        message(
          'm1',
          { title: 'Add header', priority: 'low' },
          { title: 'Add header tests', priority: 'high' },
        ),
      ],
    );
    expect(score.matched).toBe(2);
    expect(score.fields.priority).toMatchObject({ right: 2, of: 2, accuracy: 1 });
  });

  it('never matches across messages', () => {
    const score = scoreCapture(
      [message('m1', { title: 'Add a footer' }), message('m2')],
      [message('m1'), message('m2', { title: 'Add a footer' })],
    );
    expect(score).toMatchObject({ matched: 0, precision: 0, recall: 0, f1: 0, falseAlarms: 1 });
  });

  it('takes an unanswered message for one without tasks', () => {
    const score = scoreCapture([message('m1', { title: 'Add a footer' }), message('m2')], []);
    expect(score).toMatchObject({ recall: 0, exactMessages: 1 });
  });

  it.each<[string, CapturedTask, CapturedTask, Record<string, number>]>([
    ['defaults', { title: 'Add x' }, { title: 'Add x', mentions: [], priority: 'normal', paths: [] }, {}],
    [
      'the sign of a mention',
      { title: 'Add x', mentions: ['Ada'] },
      { title: 'Add x', mentions: ['@ada'] },
      {},
    ],
    ['the order of paths', { title: 'x', paths: ['a/', 'b'] }, { title: 'x', paths: ['./b', 'a'] }, {}],
    ['the case of a key', { title: 'x', depends_on: ['T-3'] }, { title: 'x', depends_on: ['t-3'] }, {}],
    ['a path too many', { title: 'x' }, { title: 'x', paths: ['a'] }, { paths: 0 }],
    ['the case of a path', { title: 'x', paths: ['A'] }, { title: 'x', paths: ['a'] }, { paths: 0 }],
    ['a priority unsaid', { title: 'x', priority: 'low' }, { title: 'x' }, { priority: 0 }],
    [
      'one key of two',
      { title: 'x', depends_on: ['T-1', 'T-2'] },
      { title: 'x', depends_on: ['T-1'] },
      { depends_on: 0 },
    ],
  ])('fields: %s', (_case, label, guess, wrong) => {
    const { fields } = scoreCapture([message('m1', label)], [message('m1', guess)]);
    const accuracies = Object.fromEntries(
      Object.entries(fields).map(([field, { accuracy }]) => [field, accuracy]),
    );
    expect(accuracies).toEqual({ mentions: 1, priority: 1, paths: 1, depends_on: 1, ...wrong });
  });

  it('counts apart the fields in which something is said', () => {
    const { fields } = scoreCapture(
      [message('m1', { title: 'Add x', mentions: ['ada'] }), message('m2', { title: 'Add y' })],
      [message('m1', { title: 'Add x' }), message('m2', { title: 'Add y' })],
    );
    expect(fields.mentions).toEqual({
      right: 1,
      of: 2,
      accuracy: 0.5,
      said: { right: 0, of: 1, accuracy: 0 },
    });
  });

  it.each([
    ['a label twice', [message('m1'), message('m1')], []],
    ['an answer twice', [message('m1')], [message('m1'), message('m1')]],
    ['an answer to no question', [message('m1')], [message('m2')]],
  ])('refuses %s', (_case, labelled, predicted) => {
    expect(() => scoreCapture(labelled, predicted)).toThrow(/m1|m2|twice/);
  });
});
