import type { SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';
import { beginStory, goOn, lookBack } from './room-story';
import { aSnapshot, PINCER, statusEvent } from './testing';

const event = (seq: number) => statusEvent(seq, 0, PINCER, 'thinking');
const frame = (from: number, to: number, ...seqs: number[]) => ({ from, to, events: seqs.map(event) });
/** Remembers in the room's name which events it was given. */
const fold = (snapshot: SpectatorSnapshot, { seq }: SpectatorEvent): SpectatorSnapshot => ({
  ...snapshot,
  room: { ...snapshot.room, name: `${snapshot.room.name} ${seq}` },
});

it('begins with the tail, without what the snapshot does not know yet', () => {
  const { log } = beginStory(aSnapshot({ cursor: 10 }), frame(5, 12, 6, 11));
  expect([log.from, log.to, log.events.map(({ seq }) => seq)]).toEqual([5, 10, [6]]);
});

it('goes on by frames, telling each event once', () => {
  const begun = beginStory(aSnapshot({ cursor: 10 }), null);
  const on = goOn(goOn(begun, frame(11, 12, 12), fold), frame(11, 14, 12, 13), fold);
  expect([on.snapshot.room.name, on.snapshot.cursor, on.log.to]).toEqual(['roast 12 13', 14, 14]);
  expect(goOn(on, frame(11, 14, 12), fold)).toBe(on);
});

it('looks back without touching how the room stands', () => {
  const begun = beginStory(aSnapshot({ cursor: 10 }), frame(5, 10, 6));
  const back = lookBack(begun, frame(1, 4, 2));
  expect([back.log.from, back.snapshot]).toEqual([1, begun.snapshot]);
});
