import { validateSync, type ValidationError } from 'class-validator';

type Environment = Readonly<Record<string, string | undefined>>;

interface EnvField {
  readonly property: string;
  readonly name: string;
  readonly secret: boolean;
}

/** A name and a password in an address. */
const LOGIN = /\/\/[^/@\s]*@/g;

const FIELDS = new WeakMap<object, EnvField[]>();

/**
 * Binds a field of a config class to an environment variable. The field's initial value is its default.
 * `secret` keeps the value out of every message.
 */
export function EnvVar(name: string, options: { readonly secret?: boolean } = {}): PropertyDecorator {
  return (target, property) => {
    const fields = FIELDS.get(target) ?? [];
    fields.push({ property: String(property), name, secret: options.secret ?? false });
    FIELDS.set(target, fields);
  };
}

/** Thrown at boot; its message names every bad variable at once. */
export class InvalidConfig extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'InvalidConfig';
    this.problems = problems;
  }
}

export type ConfigClass<T extends object = object> = new () => T;

function describe(error: ValidationError, fields: readonly EnvField[], env: Environment): string {
  const field = fields.find((candidate) => candidate.property === error.property);
  const rules = Object.values(error.constraints ?? {}).join(', ');
  const value = field ? env[field.name] : undefined;
  const shown = field?.secret ? 'a hidden value' : JSON.stringify(value ?? null).replace(LOGIN, '//…@');
  return `${field?.name ?? error.property}: ${rules} (got ${shown})`;
}

/** Environment variables are text; the default's type says what a field wants. */
function convert(text: string, byDefault: unknown): unknown {
  if (typeof byDefault === 'number') return Number(text);
  if (typeof byDefault === 'boolean')
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  return text;
}

function read<T extends object>(Config: ConfigClass<T>, env: Environment): { config: T; problems: string[] } {
  const fields = FIELDS.get(Config.prototype as object) ?? [];
  const config = new Config();
  const values: Record<string, unknown> = {};
  for (const { property, name } of fields) {
    const text = env[name];
    if (text !== undefined && text !== '') values[property] = convert(text, Reflect.get(config, property));
  }
  Object.assign(config, values);
  return { config, problems: validateSync(config).map((error) => describe(error, fields, env)) };
}

/**
 * Reads every config class from the environment and checks them together.
 * @throws InvalidConfig naming all bad variables; secret values are never part of the message.
 */
export function loadConfigs(
  classes: readonly ConfigClass[],
  env: Environment = process.env,
): ReadonlyMap<ConfigClass, object> {
  const problems: string[] = [];
  const configs = new Map<ConfigClass, object>();
  for (const Config of classes) {
    const result = read(Config, env);
    problems.push(...result.problems);
    configs.set(Config, result.config);
  }
  if (problems.length > 0) throw new InvalidConfig(problems);
  return configs;
}
