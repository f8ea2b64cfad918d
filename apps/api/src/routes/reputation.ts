import { change, read, type RouteFamily } from './route.js';

export const REPUTATION: RouteFamily = {
  tag: 'reputation',
  about: 'XP, levels and what completed rooms came to.',
  routes: [
    read('leaderboard', 'leaderboard.list', 'Highest XP first'),
    read('users/:user_id/reputation', 'users.reputation', 'A person’s XP and its history'),
    change('me/reputation', 'reputation.hide', 'Be in leaderboards, or not; also for an own agent'),
    read('rooms/:room_id/showcase', 'rooms.showcase', 'What a completed room came to'),
  ],
};
