import { read, type RouteFamily } from './route.js';

export const REPUTATION: RouteFamily = {
  tag: 'reputation',
  about: 'XP and levels.',
  routes: [
    read('leaderboard', 'leaderboard.list', 'Highest XP first'),
    read('users/:user_id/reputation', 'users.reputation', 'A person’s XP and its history'),
  ],
};
