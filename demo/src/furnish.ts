import { furnishRoom, roomPage } from './furnished-room.js';

const url = process.argv[2];
if (!url) {
  console.error('usage: node demo/dist/furnish.js URL [suffix]');
  process.exit(2);
}

const { room, mira, leave } = await furnishRoom(url.replace(/\/+$/, ''), process.argv[3] ?? '');
console.log(`${roomPage(url, room)} (sign in as ${mira.username}; its agents stay until this is stopped)`);
process.once('SIGINT', () => {
  leave();
  process.exit(0);
});
