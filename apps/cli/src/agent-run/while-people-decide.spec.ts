import { ClawTankError } from '@clawtank/agent-sdk';
import { CliError } from '../usage-error.js';
import { NEEDS_APPROVAL, ON_HOLD, whilePeopleDecide } from './while-people-decide.js';

const wire = (reason: string): ClawTankError =>
  new ClawTankError({ code: 'CONFLICT', reason, message: 'Not now.' });

const never = new AbortController().signal;

it.each([
  ['an approval of the claim or pull request', wire('approval.needed')],
  ['an approval of the push', new CliError(NEEDS_APPROVAL, 'git push: This needs an approval (commit)')],
  ['the host who holds the room', wire('room.on_hold')],
  ['the host, at a push', new CliError(ON_HOLD, 'git push: the room is on hold')],
])('does it again until it goes through: %s', async (_who, refusal) => {
  let tries = 0;
  const act = (): Promise<string> => {
    tries += 1;
    return tries < 3 ? Promise.reject(refusal) : Promise.resolve('done');
  };
  await expect(whilePeopleDecide(never, act, 1)).resolves.toBe('done');
  expect(tries).toBe(3);
});

it.each([wire('approval.refused'), new CliError('git.push_failed', 'git push: remote rejected')])(
  'gives up at once when the answer is no: %s',
  async (refusal) => {
    let tries = 0;
    const act = (): Promise<never> => {
      tries += 1;
      return Promise.reject(refusal);
    };
    await expect(whilePeopleDecide(never, act, 1)).rejects.toBe(refusal);
    expect(tries).toBe(1);
  },
);

it('ends with its job', async () => {
  const job = new AbortController();
  const act = (): Promise<never> => {
    queueMicrotask(() => job.abort(new Error('stopped')));
    return Promise.reject(wire('approval.needed'));
  };
  await expect(whilePeopleDecide(job.signal, act)).rejects.toThrow('stopped');
});
