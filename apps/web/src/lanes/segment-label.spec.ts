import { castOf } from '../story/cast';
import type { Segment } from '../story/lanes';
import { aSnapshot, aTask } from '../story/testing';
import { segmentLabel, segmentTitle } from './segment-label';

const cast = castOf(aSnapshot({ tasks: [aTask(1, { title: 'Exit codes' })] }));
const segment = (fields: Partial<Segment>): Segment => ({
  ...{ from: 0, to: 1, kind: 'work', taskId: 't1', progress: null, open: false },
  ...fields,
});

it.each([
  [{}, 'T-1 Exit codes'],
  [{ taskId: null }, ''],
  [{ kind: 'test' }, 'tests'],
  [{ kind: 'test', open: true, progress: 0.64 }, 'tests, 64%'],
  [{ kind: 'wait' }, 'waiting'],
  [{ kind: 'think' }, ''],
] as const)('labels a segment (%#)', (fields, label) => {
  expect(segmentLabel(segment(fields), cast)).toBe(label);
});

it('names the task to those who hover', () => {
  expect(segmentTitle(segment({ kind: 'think' }), cast)).toBe('thinking: T-1 Exit codes');
  expect(segmentTitle(segment({ kind: 'fail', taskId: null }), cast)).toBe('error');
});
