import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { LIMITS, type SocketCommandMap } from '@clawtank/contracts';

const NAME_CHARS = 120;
const TOKEN_CHARS = 4_096;
const MAX_INTENTS = 50;

class Position {
  @IsOptional()
  @IsInt()
  @Min(0)
  after?: number;

  @IsOptional()
  @IsString()
  @MaxLength(NAME_CHARS)
  epoch?: string;
}

type Input<N extends keyof SocketCommandMap> = SocketCommandMap[N]['input'];

export class RoomJoinBody extends Position implements Input<'room.join'> {
  /** Id or slug. */
  @IsString()
  @Length(1, NAME_CHARS)
  room_id!: string;

  /** Event types or families that the client wants to be told. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_INTENTS)
  @IsString({ each: true })
  @MaxLength(NAME_CHARS, { each: true })
  intents?: string[];
}

export class StreamResumeBody implements Input<'stream.resume'> {
  @IsString()
  @Length(1, NAME_CHARS)
  stream!: string;

  @IsInt()
  @Min(0)
  after!: number;

  @IsString()
  @MaxLength(NAME_CHARS)
  epoch!: string;
}

export class EventsReplayBody implements Input<'events.replay'> {
  @IsString()
  @Length(1, NAME_CHARS)
  stream!: string;

  @IsInt()
  @Min(0)
  after!: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LIMITS.REPLAY)
  limit?: number;

  @IsOptional()
  @IsString()
  @MaxLength(NAME_CHARS)
  epoch?: string;
}

export class AuthRenewBody implements Input<'auth.renew'> {
  @IsString()
  @Length(1, TOKEN_CHARS)
  token!: string;
}
