import { barsOf, countAt, momentAt, positionOf, QUIET_MS, timelineOf } from './timeline';

const BEATS = [
  { seq: 1, at: 1_000 },
  { seq: 2, at: 3_000 },
  { seq: 5, at: 3_000 },
  { seq: 9, at: 603_000 },
];
const whole = timelineOf(BEATS, false);
const short = timelineOf(BEATS, true);

describe('a timeline', () => {
  it('is as long as the room was, or as what happened in it', () => {
    expect(whole.positions).toEqual([0, 2_000, 2_000, 602_000]);
    expect(short.positions).toEqual([0, 2_000, 2_000, 2_000 + QUIET_MS]);
    expect([whole.length, short.length]).toEqual([602_000, 22_000]);
  });

  it.each([
    [-1, 0],
    [0, 1],
    [1_999, 1],
    [2_000, 3],
    [21_999, 3],
    [22_000, 4],
    [99_000, 4],
  ])('has told at %d: %d', (position, count) => expect(countAt(short, position)).toBe(count));

  it.each([
    [0, 0],
    [1, 0],
    [4, 2_000],
    [5, 2_000],
    [9, 22_000],
    [999, 22_000],
  ])('finds number %d at %d', (seq, position) => expect(positionOf(short, seq)).toBe(position));

  it('tells the moment, and never one beyond what comes next', () => {
    expect(momentAt(whole, 1_000)).toBe(2_000);
    expect(momentAt(short, 12_000)).toBe(13_000);
    expect(momentAt(short, 22_000)).toBe(603_000);
    expect(momentAt(timelineOf([], true), 5)).toBe(0);
  });

  it('counts into bars', () => {
    expect(barsOf(short, 2)).toEqual([3, 1]);
    expect(barsOf(timelineOf([], true), 3)).toEqual([0, 0, 0]);
    expect(barsOf(timelineOf([{ seq: 1, at: 5 }], true), 2)).toEqual([1, 0]);
  });
});
