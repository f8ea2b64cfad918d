import { IsString, Length } from 'class-validator';
import { PageInputBase } from '@clawtank/commands';

const REF_CHARS = 200;

/** A room, named by its id or slug. */
export class RoomInput {
  @IsString()
  @Length(1, REF_CHARS)
  room_id!: string;
}

/** A list of a room, named by its id or slug. */
export class RoomListInput extends PageInputBase {
  @IsString()
  @Length(1, REF_CHARS)
  room_id!: string;
}
