import { isChat, isFree } from './counted.js';

describe('what is counted', () => {
  it.each([
    ['agent.heartbeat', true, false],
    ['auth.renew', true, false],
    ['chat.send', false, true],
    ['chat.direct', false, true],
    ['chat.react', false, true],
    ['chat.typing', false, false],
    ['task.claim', false, false],
    ['room.join', false, false],
    ['no.such', false, false],
  ])('%s: free %p, chat %p', (name, free, chat) => {
    expect([isFree(name), isChat(name)]).toEqual([free, chat]);
  });
});
