import {
  LIMITS,
  PRIORITIES,
  type Priority,
  type Size,
  SIZES,
  type TaskRef,
  type FencedTaskRef,
  type TaskEditInput,
} from '@clawtank/contracts';
import { CommandInputBase, Line, OptionalText, Words } from '@clawtank/commands';
import { applyDecorators } from '@nestjs/common';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
} from 'class-validator';

const WORDS = 20;
const PATH_CHARS = 400;

/** Patterns of paths; what they may look like is a rule of the domain. */
export const Paths = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    IsArray(),
    ArrayMaxSize(LIMITS.PATHS_PER_TASK),
    IsString({ each: true }),
    Length(1, PATH_CHARS, { each: true }),
  );

const Dependencies = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    IsArray(),
    ArrayMaxSize(LIMITS.DEPENDENCIES_PER_TASK),
    IsUUID('all', { each: true }),
  );

export class TaskBody extends CommandInputBase implements TaskRef {
  @IsUUID()
  task_id!: string;
}

export class FencedTaskBody extends TaskBody implements FencedTaskRef {
  @IsInt()
  fence!: number;
}

type Details = Omit<TaskEditInput, 'task_id' | 'title' | 'deadline'>;

/** A day that there is, as `2026-03-06`. */
export const Day = (): PropertyDecorator =>
  applyDecorators(IsOptional(), Matches(/^\d{4}-\d\d-\d\d$/), IsISO8601({ strict: true }));

/** What `task.create` and `task.edit` have in common. */
export class TaskDetailsBody extends CommandInputBase implements Details {
  @OptionalText(LIMITS.DESCRIPTION_BYTES)
  description?: string;

  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @IsOptional()
  @IsIn(SIZES)
  size?: Size;

  @Words(WORDS)
  capabilities?: string[];

  @Words(WORDS)
  languages?: string[];

  @Paths()
  paths?: string[];

  @Dependencies()
  depends_on?: string[];
}

/** A task's title: one line. */
export const Title = (): PropertyDecorator => Line(LIMITS.TITLE_CHARS);
