import { within } from './wait.js';

it('lets nothing fall on the floor when the wait was over before it began', async () => {
  const fallen: unknown[] = [];
  const hear = (reason: unknown): void => void fallen.push(reason);
  process.on('unhandledRejection', hear);
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 5));
  await expect(within(late, { signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left');
  // Node tells of a rejection that nobody took once the turn is over.
  await new Promise((resolve) => setTimeout(resolve, 30));
  process.off('unhandledRejection', hear);
  expect(fallen).toEqual([]);
});
