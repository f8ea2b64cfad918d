import { Module } from '@nestjs/common';
import { ChatSystemLine } from './application/chat-system-line.js';
import { DeleteMessage } from './application/delete-message.js';
import { ListDirectTalks, MarkDirectRead } from './application/direct-reads.js';
import { EditMessage } from './application/edit-message.js';
import { GetReadMark, MarkRead } from './application/mark-read.js';
import { ChatForesight } from './application/message-before.js';
import { MessagesInSnapshot } from './application/messages-in-snapshot.js';
import { ListDirectMessages, ListMessages } from './application/queries.js';
import { ReactToMessage } from './application/react-to-message.js';
import { SendDirectMessage } from './application/send-direct-message.js';
import { SendMessage } from './application/send-message.js';
import { SignalTyping } from './application/signal-typing.js';

const HANDLERS = [
  SendMessage,
  EditMessage,
  DeleteMessage,
  ReactToMessage,
  SignalTyping,
  MarkRead,
  GetReadMark,
  MarkDirectRead,
  ListDirectTalks,
  SendDirectMessage,
  ListMessages,
  ListDirectMessages,
];

@Module({
  providers: [...HANDLERS, ChatForesight, MessagesInSnapshot, ChatSystemLine],
  exports: [ChatSystemLine],
})
export class ChatModule {}
