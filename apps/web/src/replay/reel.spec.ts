import { foldSpectator } from '@clawtank/agent-sdk';
import { anEvent, aSnapshot, MIRA } from '../story/testing';
import { before, Reel } from './reel';

const COUNT = 950;
const events = Array.from({ length: COUNT }, (_, index) =>
  anEvent(index + 1, index, 'chat.message', MIRA, {
    message_id: `m${index}`,
    text: `line ${index}`,
    mentions: [],
    reply_to: null,
    origin: 'member',
  }),
);

describe('a reel', () => {
  it('stands where a fold from the beginning stands, whatever was looked at before', () => {
    const first = before(aSnapshot());
    const reel = new Reel(first, events);
    for (const count of [0, 1, 200, 199, 950, 401, 400, 3, 799, 800, 949, 0]) {
      expect(reel.at(count)).toEqual(events.slice(0, count).reduce(foldSpectator, first));
    }
    expect(reel.at(COUNT + 5)).toEqual(reel.at(COUNT));
  });

  it('begins with nothing but the name', () => {
    const first = before(aSnapshot());
    expect(first.room.name).toBe(aSnapshot().room.name);
    expect([first.agents, first.tasks, first.messages, first.cursor]).toEqual([[], [], [], 0]);
  });
});
