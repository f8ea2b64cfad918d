type Scalar = string | number | boolean | null | undefined;

/** `T` with no field left out, so that a sample of it is a sample of every field. */
export type Complete<T> = T extends Scalar
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Complete<Item>[]
    : { readonly [Field in keyof T]-?: Complete<NonNullable<T[Field]>> };

/** A text that can be found again wherever it shows up, and tells which field it came from. */
export const planted = (path: string): string => `planted<${path}>`;

let count = 0;
/** A number that occurs nowhere else. */
export const plantedNumber = (): number => 900_000_001 + 7 * count++;
