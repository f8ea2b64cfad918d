import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { LIMITS, ROOM_STATES, type RoomState } from '@clawtank/contracts';
import { PageInputBase, WholeNumber } from '@clawtank/commands';
import { CONTEXT_BYTES } from '../../domain/fit-context.js';
import { Maybe, RoomName } from './fields.js';

const MAX_WAIT_SECONDS = 30;
const SEARCH_CHARS = 100;

const asBoolean = ({ value }: { value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

export class RoomQuery {
  @RoomName()
  room_id!: string;
}

export class RoomListQuery extends PageInputBase {
  @IsOptional()
  @IsString()
  @MaxLength(SEARCH_CHARS)
  q?: string;

  @IsOptional()
  @IsIn(ROOM_STATES)
  state?: RoomState;

  /** Over REST it arrives as text. */
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean()
  mine?: boolean;
}

export class RoomContextQuery extends RoomQuery {
  /** Bytes of JSON. */
  @Maybe()
  @WholeNumber(CONTEXT_BYTES.min, CONTEXT_BYTES.max)
  budget?: number;

  /** The caller's place in the room's stream: what came later is told as news. */
  @Maybe()
  @WholeNumber(0)
  after?: number;
}

export class RoomEventsQuery extends RoomQuery {
  @Maybe()
  @WholeNumber(0)
  after?: number;

  @Maybe()
  @IsUUID()
  epoch?: string;

  @Maybe()
  @WholeNumber(1, LIMITS.REPLAY)
  limit?: number;

  /** Seconds; the transport waits, this query answers at once. */
  @Maybe()
  @WholeNumber(0, MAX_WAIT_SECONDS)
  wait?: number;
}
