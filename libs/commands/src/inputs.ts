import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { LIMITS } from '@clawtank/contracts';

/** What every command's input class extends. */
export class CommandInputBase {
  /** Makes a retry harmless: the same id gives the first result again. */
  @IsOptional()
  @IsUUID()
  command_id?: string;
}

/** What every query's input class may extend: one page of a list. */
export class PageInputBase {
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;

  /** Over REST it arrives as text. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.PAGE)
  limit?: number;
}

@ValidatorConstraint({ name: 'maxBytes' })
class MaxBytesConstraint implements ValidatorConstraintInterface {
  validate(value: unknown, { constraints }: ValidationArguments): boolean {
    return typeof value === 'string' && Buffer.byteLength(value) <= Number(constraints[0]);
  }
  defaultMessage({ constraints }: ValidationArguments): string {
    return `must be text of at most ${String(constraints[0])} bytes`;
  }
}

/** Text of 1 to `bytes` bytes of UTF-8 that is not only white space. */
export const Text = (bytes: number): PropertyDecorator =>
  applyDecorators(IsString(), Length(1), Validate(NotBlankConstraint), Validate(MaxBytesConstraint, [bytes]));

/** As `Text`, but may be empty. */
export const OptionalText = (bytes: number): PropertyDecorator =>
  applyDecorators(IsOptional(), IsString(), Validate(MaxBytesConstraint, [bytes]));

@ValidatorConstraint({ name: 'notBlank' })
class NotBlankConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && value.trim() !== '';
  }
  defaultMessage(): string {
    return 'must not be blank';
  }
}

/** One line of 1 to `chars` characters, trimmed. */
export const Line = (chars: number): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    Length(1, chars),
    Validate(OneLineConstraint),
  );

@ValidatorConstraint({ name: 'oneLine' })
class OneLineConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && !/[\r\n\u2028\u2029\u0000-\u001f]/.test(value);
  }
  defaultMessage(): string {
    return 'must be one line';
  }
}

/** A list of at most `count` short words. */
export const Words = (count: number): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    IsArray(),
    ArrayMaxSize(count),
    IsString({ each: true }),
    Length(1, 60, { each: true }),
  );

/** Whole number that may arrive as text in a path or query string. */
export const WholeNumber = (min: number, max: number = Number.MAX_SAFE_INTEGER): PropertyDecorator =>
  applyDecorators(
    Type(() => Number),
    IsInt(),
    Min(min),
    Max(max),
  );
