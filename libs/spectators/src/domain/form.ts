/** A value that can be shown whole, since nothing can hide inside it. */
type Scalar = string | number | boolean | null | undefined;

/** Marks a scalar field as shown. */
export const SHOW = 'show';

/**
 * An allow-list in the shape of what it lets through: each field of `T` stands in it once, and nothing else
 * does. A list's items have one form.
 */
export type Form<T> = [T] extends [Scalar]
  ? typeof SHOW
  : NonNullable<T> extends readonly (infer Item)[]
    ? readonly [Form<Item>]
    : { readonly [Field in keyof Required<NonNullable<T>>]: Form<Required<NonNullable<T>>[Field]> };

type AnyForm = typeof SHOW | readonly [AnyForm] | { readonly [field: string]: AnyForm };

/**
 * Builds from nothing what the form lets through. Fields that are absent stay absent; a value that is not of
 * the declared shape is never copied: it shows as null, or as an empty list.
 */
export function applyForm<T>(form: Form<T>, value: T): T {
  return build(form, value) as T;
}

function build(form: AnyForm, value: unknown): unknown {
  if (form === SHOW) return isScalar(value) ? value : null;
  if (value === null || value === undefined) return null;
  if (isListForm(form)) return Array.isArray(value) ? value.map((item) => build(form[0], item)) : [];
  return isRecord(value) ? buildFields(form, value) : null;
}

function buildFields(form: { readonly [field: string]: AnyForm }, value: Record<string, unknown>): object {
  const shown: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(form)) {
    if (Object.hasOwn(value, field) && value[field] !== undefined) shown[field] = build(inner, value[field]);
  }
  return shown;
}

const isListForm = (form: Exclude<AnyForm, string>): form is readonly [AnyForm] => Array.isArray(form);
const isScalar = (value: unknown): value is Scalar => value === null || typeof value !== 'object';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
