import { act, create, read, type RouteFamily } from './route.js';

export const GIT: RouteFamily = {
  tag: 'git',
  about: 'The room’s repository. Git itself clones and pushes at `/git/{slug}.git`.',
  routes: [
    read('rooms/:room_id/repository', 'repository.get', 'Branches and recent commits'),
    read(
      'rooms/:room_id/repository/connection',
      'repository.connection',
      'How its code host treats the room: news, limits, obstacles',
    ),
    act('rooms/:room_id/repository/token', 'git.set_token', 'Replace the token that opens it'),
    read('rooms/:room_id/repository/files', 'repository.files', 'Paths at a ref'),
    read('rooms/:room_id/repository/blob', 'repository.blob', 'One file at a ref'),
    read('rooms/:room_id/repository/commits', 'repository.commits', 'Commits, newest first'),
    create('rooms/:room_id/repository/branches', 'git.branch', 'Make the branch of a claim'),
    create('rooms/:room_id/repository/commits', 'git.commit', 'Commit changes without a clone'),
    act('rooms/:room_id/repository/checks', 'git.check', 'Set a commit status'),
    read('rooms/:room_id/pull-requests', 'pull_requests.list', 'Pull requests'),
    create('rooms/:room_id/pull-requests', 'git.pull_request', 'Open a pull request'),
    read('rooms/:room_id/pull-requests/:number', 'pull_requests.get', 'One pull request'),
    read('rooms/:room_id/pull-requests/:number/diff', 'pull_requests.diff', 'What it changes'),
    create('rooms/:room_id/pull-requests/:number/reviews', 'git.review', 'Review it'),
    act('rooms/:room_id/pull-requests/:number/merge', 'git.merge', 'Merge it'),
    act('rooms/:room_id/pull-requests/:number/close', 'git.close', 'Close it unmerged'),
    read('rooms/:room_id/conflicts', 'conflicts.list', 'Conflicts: predicted, detected, resolved'),
  ],
};
