export { ChatSystemLine } from './application/chat-system-line.js';
export { ChatModule } from './chat.module.js';
export { mentionedHandles } from './domain/mentions.js';
export { chatMigrations } from './persistence/all-migrations.js';
