import { CommandInputBase, PageInputBase, Text, WholeNumber } from '@clawtank/commands';
import {
  type ChatDirectInput,
  type ChatDirectReadInput,
  type ChatEditInput,
  type ChatReactInput,
  type ChatReadInput,
  type ChatSendInput,
  LIMITS,
  type MessageRef,
  type QueryInputOf,
  type RoomRef,
} from '@clawtank/contracts';
import { IsBoolean, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';

export class TypingBody extends CommandInputBase implements RoomRef {
  @IsString() @Length(1, 100) room_id!: string;
}

export class SendBody extends TypingBody implements ChatSendInput {
  @Text(LIMITS.MESSAGE_BYTES) text!: string;
  @IsOptional() @IsUUID() reply_to?: string;
}

export class MessageBody extends TypingBody implements MessageRef {
  @IsUUID() message_id!: string;
}

export class EditBody extends MessageBody implements ChatEditInput {
  @Text(LIMITS.MESSAGE_BYTES) text!: string;
}

export class ReactBody extends MessageBody implements ChatReactInput {
  /** An emoji or a short name; nothing with space or control signs in it. */
  @IsString() @Length(1, 32) @Matches(/^[^\s\p{C}]+$/u) emoji!: string;
  @IsOptional() @IsBoolean() remove?: boolean;
}

export class ReadBody extends TypingBody implements ChatReadInput {
  @WholeNumber(0) seq!: number;
}

export class DirectReadBody extends CommandInputBase implements ChatDirectReadInput {
  @IsUUID() with!: string;
  @IsUUID() up_to!: string;
}

export class DirectBody extends CommandInputBase implements ChatDirectInput {
  @IsUUID() to!: string;
  @Text(LIMITS.MESSAGE_BYTES) text!: string;
  @IsOptional() @IsUUID() reply_to?: string;
}

export class MessagesInput extends PageInputBase implements MessagesQuery {
  @IsString() @Length(1, 100) room_id!: string;
  @IsOptional() @IsString() @MaxLength(200) q?: string;
  @IsOptional() @WholeNumber(1) before?: number;
  @IsOptional() @WholeNumber(0) after?: number;
}
type MessagesQuery = QueryInputOf<'messages.list'>;

export class DirectMessagesInput extends PageInputBase implements DirectMessagesQuery {
  @IsUUID() with!: string;
}
type DirectMessagesQuery = QueryInputOf<'direct_messages.list'>;
