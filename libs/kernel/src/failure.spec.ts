import { ALLOWED, defineFailures, enforce, Failure } from './failure.js';

const { fail, deny } = defineFailures({
  'task.taken': {
    code: 'CONFLICT',
    say: (a: { task_id: string }) => `Task ${a.task_id} already has an owner.`,
  },
  'room.closed': { code: 'FORBIDDEN', say: (_: Record<string, never>) => 'This room accepts no more work.' },
});

describe('fail', () => {
  it.each([
    ['task.taken', fail('task.taken', { task_id: 'T-1' }), 'CONFLICT', 'Task T-1 already has an owner.'],
    ['room.closed', fail('room.closed', {}), 'FORBIDDEN', 'This room accepts no more work.'],
  ])('builds %s from its row', (reason, failure, code, message) => {
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ name: 'Failure', reason, code, message });
  });

  it('keeps the arguments as details', () => {
    expect(fail('task.taken', { task_id: 'T-1' }).details).toEqual({ task_id: 'T-1' });
  });

  it('does not hold on to the caller’s object', () => {
    const args = { task_id: 'T-1' };
    const failure = fail('task.taken', args);
    args.task_id = 'T-2';
    expect(failure.details).toEqual({ task_id: 'T-1' });
  });

  it('carries when to come back and which fields were wrong', () => {
    const extras = { retryAfterMs: 250, errors: [{ path: 'title', message: 'is empty' }] };
    expect(fail('room.closed', {}, extras).extras).toEqual(extras);
  });
});

describe('enforce', () => {
  it('lets pass what is allowed', () => {
    expect(() => enforce(ALLOWED)).not.toThrow();
  });

  it('throws the failure of a denial', () => {
    const verdict = deny('task.taken', { task_id: 'T-1' });
    expect(verdict.allowed).toBe(false);
    expect(() => enforce(verdict)).toThrow(expect.objectContaining({ reason: 'task.taken' }));
  });
});
