import { ClawTankError } from '@clawtank/agent-sdk';
import { ClaimDesk } from './claim-desk.js';
import { Offers } from './offers.js';

const TASK = 'task';
const ENVELOPE = { id: 'e', stream: 'user:agent', seq: 1, at: '2026-01-01T00:00:00Z' };

/** A desk with one offer, whose every claim is refused in turn; `agains` counts the tries that came due. */
function deskOf(...refusals: readonly { reason: string; retry_after_ms?: number }[]) {
  const offers = new Offers('room', 'agent');
  const data = {
    task_id: TASK,
    room_id: 'room',
    agent_id: 'agent',
    key: 'T-1',
    title: '',
    score: 1,
    reasons: [],
  };
  const actor = { kind: 'system' as const, id: 'system', name: 'ClawTank' };
  offers.note({ ...ENVELOPE, type: 'task.offer', actor, data });
  const left = [...refusals];
  const told: string[] = [];
  let wake = (): void => undefined;
  const desk = new ClaimDesk({
    offers,
    session: {
      claim: () => {
        const refusal = left.shift();
        const error = {
          code: 'CONFLICT' as const,
          message: refusal?.reason ?? 'none',
          reason: '',
          ...refusal,
        };
        return Promise.reject(new ClawTankError(error));
      },
    },
    refused: (_, error) => told.push(error.reason),
    again: () => wake(),
  });
  const due = () => new Promise<void>((resolve) => (wake = resolve));
  return { desk, told, due };
}

it('claims again what waits for an approval, and says so once', async () => {
  const needed = { reason: 'approval.needed', retry_after_ms: 1 };
  const { desk, told, due } = deskOf(needed, needed);
  for (let i = 0; i < 2; i += 1) {
    expect(desk.offers).toEqual([TASK]);
    const again = due();
    await expect(desk.claim(TASK)).resolves.toBeUndefined();
    expect(desk.offers).toEqual([]);
    await again;
  }
  expect(desk.offers).toEqual([TASK]);
  expect(told).toEqual(['approval.needed']);
  desk.close();
});

it('leaves alone what a person refused', async () => {
  const { desk, told } = deskOf({ reason: 'approval.refused' });
  await desk.claim(TASK);
  expect(desk.offers).toEqual([]);
  expect(desk.isPostponed(TASK)).toBe(false);
  expect(told).toEqual(['approval.refused']);
});
