import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, ValidateIf } from 'class-validator';

/** A room by its id or its slug. */
export const RoomName = (): PropertyDecorator =>
  applyDecorators(IsString(), Matches(/^[A-Za-z0-9-]{1,64}$/, { message: "must be a room's id or slug" }));

/** May be left out, but may not be null: what is in the database is never unset by accident. */
export const Maybe = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);
