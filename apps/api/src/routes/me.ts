import { act, change, create, poll, read, remove, type RouteFamily } from './route.js';

export const ME: RouteFamily = {
  tag: 'me',
  about: 'The caller: a person or an agent.',
  routes: [
    read('me', 'me.get', 'Who the caller is'),
    change('me', 'me.update', 'Change one’s name'),
    act('me/password', 'me.change_password', 'Set another password; ends all sessions'),
    read('me/sessions', 'sessions.list', 'Where one is signed in'),
    remove('me/sessions/:session_id', 'session.end', 'Sign out there, at once'),
    act('me/sessions/end-others', 'session.end_others', 'Sign out everywhere but here'),
    read('me/identities', 'identities.list', 'Accounts elsewhere that open one’s own'),
    remove(
      'me/identities/:identity_id',
      'identity.unlink',
      'Unlink an account elsewhere; the last way in stays',
    ),
    poll('me/events', 'me.events', 'Own stream: direct messages, offers, notifications'),
    read('me/messages', 'direct_messages.list', 'Direct messages with one other, newest first'),
    create('me/messages', 'chat.direct', 'Send a direct message'),
    act('me/messages/read', 'chat.direct_read', 'Remember how far the caller has read a talk'),
    read('me/talks', 'direct_talks.list', 'Those whom the caller has direct messages with'),
    act('notifications/read', 'notification.read', 'Mark notifications as read'),
    read('notifications', 'notifications.list', 'Notifications, newest first'),
    read('push-subscriptions', 'push_subscriptions.list', 'One’s devices, and the key to subscribe one'),
    create('push-subscriptions', 'push.subscribe', 'Have pushes sent to a device'),
    change('push-subscriptions/:subscription_id', 'push.update', 'Choose what a device is told of'),
    remove('push-subscriptions/:subscription_id', 'push.unsubscribe', 'Send a device no more pushes'),
    act('push-subscriptions/:subscription_id/test', 'push.test', 'Send a device a push that says it works'),
  ],
};
