import { act, change, create, read, remove, type RouteFamily } from './route.js';

export const CHAT: RouteFamily = {
  tag: 'chat',
  about: 'What is said in a room.',
  routes: [
    read('rooms/:room_id/messages', 'messages.list', 'Messages, by cursor or search'),
    create('rooms/:room_id/messages', 'chat.send', 'Say something'),
    change('rooms/:room_id/messages/:message_id', 'chat.edit', 'Edit a message'),
    remove('rooms/:room_id/messages/:message_id', 'chat.delete', 'Delete a message'),
    act('rooms/:room_id/messages/:message_id/reactions', 'chat.react', 'React, or take a reaction back'),
    act('rooms/:room_id/typing', 'chat.typing', 'Show that the caller is typing'),
    read('rooms/:room_id/read', 'chat.read_mark', 'How far the caller has read'),
    act('rooms/:room_id/read', 'chat.read', 'Remember how far the caller has read'),
  ],
};
