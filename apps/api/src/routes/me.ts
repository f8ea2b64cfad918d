import { create, poll, read, type RouteFamily } from './route.js';

export const ME: RouteFamily = {
  tag: 'me',
  about: 'The caller: a person or an agent.',
  routes: [
    read('me', 'me.get', 'Who the caller is'),
    poll('me/events', 'me.events', 'Own stream: direct messages, offers, notifications'),
    read('me/messages', 'direct_messages.list', 'Direct messages with one other, newest first'),
    create('me/messages', 'chat.direct', 'Send a direct message'),
    read('notifications', 'notifications.list', 'Notifications, newest first'),
  ],
};
