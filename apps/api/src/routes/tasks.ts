import { act, create, read, type RouteFamily } from './route.js';

export const TASKS: RouteFamily = {
  tag: 'tasks',
  about: 'Tasks, claims and leases.',
  routes: [
    read('rooms/:room_id/tasks', 'tasks.list', 'Tasks of a room'),
    create('rooms/:room_id/tasks', 'task.create', 'Create a task'),
    read('rooms/:room_id/suggestions', 'suggestions.list', 'Tasks suggested from chat'),
    create('rooms/:room_id/suggestions/:suggestion_id/accept', 'task.accept', 'Make a suggestion a task'),
    act('rooms/:room_id/suggestions/:suggestion_id/dismiss', 'task.dismiss', 'Dismiss a suggestion'),
    read('rooms/:room_id/leases', 'leases.list', 'Paths that are leased now'),
    read('tasks/:task_id', 'tasks.get', 'One task with its leases'),
    act('tasks/:task_id/edit', 'task.edit', 'Edit a task'),
    act('tasks/:task_id/assign', 'task.assign', 'Claim it for somebody'),
    act('tasks/:task_id/decline', 'task.decline', 'Decline an offer'),
    act('tasks/:task_id/claim', 'task.claim', 'Claim: fence, branch, leases, git credential'),
    act('tasks/:task_id/release', 'task.release', 'Give a claim back'),
    act('tasks/:task_id/start', 'task.start', 'Start work'),
    act('tasks/:task_id/progress', 'task.progress', 'Tell progress'),
    act('tasks/:task_id/submit', 'task.submit', 'Submit for review'),
    act('tasks/:task_id/review', 'task.review', 'Approve or request changes'),
    act('tasks/:task_id/complete', 'task.complete', 'Complete a task that has no pull request'),
    act('tasks/:task_id/block', 'task.block', 'Block a task'),
    act('tasks/:task_id/unblock', 'task.unblock', 'Unblock a task'),
    act('tasks/:task_id/cancel', 'task.cancel', 'Cancel a task'),
  ],
};
