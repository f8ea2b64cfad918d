import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { MAX, MAX_LENGTH, MIN } from 'class-validator';
import { targetConstructorToSchema, validationMetadatasToSchemas } from 'class-validator-jsonschema';

export type Schema = Readonly<Record<string, unknown>>;

export interface ObjectSchema {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

const REFERENCE = '#/components/schemas/';

/** The library's converters say `number` where a bound stands beside `IsInt`; and it can't know our own rules. */
const OPTIONS = {
  refPointerPrefix: REFERENCE,
  classTransformerMetadataStorage: defaultMetadataStorage,
  additionalConverters: {
    [MIN]: (meta: { constraints: unknown[] }) => ({ minimum: Number(meta.constraints[0]) }),
    [MAX]: (meta: { constraints: unknown[] }) => ({ maximum: Number(meta.constraints[0]) }),
    [MAX_LENGTH]: (meta: { constraints: unknown[] }) => ({ maxLength: Number(meta.constraints[0]) }),
    maxBytes: (meta: { constraints: unknown[] }) => ({
      type: 'string' as const,
      description: `At most ${String(meta.constraints[0])} bytes of UTF-8.`,
    }),
    notBlank: { type: 'string' as const },
    oneLine: { type: 'string' as const, description: 'One line.' },
  },
};

/** The fields of an input class as its validation rules describe them. */
export function inputSchema(Input: new () => object): ObjectSchema {
  const schema: { properties?: object; required?: string[] } = targetConstructorToSchema(Input, OPTIONS);
  return {
    properties: Object.fromEntries(Object.entries(schema.properties ?? {})),
    required: schema.required ?? [],
  };
}

/** Every nested class that `value` refers to, by name, and those that they refer to in turn. */
export function referredSchemas(value: unknown): Readonly<Record<string, unknown>> {
  const all: Record<string, unknown> = { ...validationMetadatasToSchemas(OPTIONS) };
  const found = new Map<string, unknown>();
  const visit = (part: unknown): void => {
    for (const name of referencesIn(part)) {
      if (found.has(name)) continue;
      found.set(name, { additionalProperties: false, ...Object(all[name]) });
      visit(all[name]);
    }
  };
  visit(value);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' && child.startsWith(REFERENCE)
      ? [child.slice(REFERENCE.length)]
      : referencesIn(child),
  );
}
