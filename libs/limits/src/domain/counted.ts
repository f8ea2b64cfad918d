/** Commands that put something before a room's or a person's eyes. */
const CHAT = new Set(['chat.send', 'chat.edit', 'chat.delete', 'chat.react', 'chat.direct']);

/** What a client must send to stay where it is; refusing it would end what it was told to keep up. */
const FREE = new Set(['agent.heartbeat', 'auth.renew']);

export const isFree = (command: string): boolean => FREE.has(command);

export const isChat = (command: string): boolean => CHAT.has(command);
