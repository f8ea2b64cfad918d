import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

type Environment = Readonly<Record<string, string | undefined>>;

interface EnvField {
  readonly property: string;
  readonly name: string;
  readonly secret: boolean;
}

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
  const shown = field?.secret ? 'a hidden value' : JSON.stringify(value ?? null);
  return `${field?.name ?? error.property}: ${rules} (got ${shown})`;
}

function read<T extends object>(Config: ConfigClass<T>, env: Environment): { config: T; problems: string[] } {
  const fields = FIELDS.get(Config.prototype as object) ?? [];
  const given = fields.filter(({ name }) => env[name] !== undefined && env[name] !== '');
  const plain = Object.fromEntries(given.map(({ property, name }) => [property, env[name]]));
  const config = plainToInstance(Config, plain, {
    enableImplicitConversion: true,
    exposeDefaultValues: true,
  });
  const problems = validateSync(config, { skipMissingProperties: false }).map((error) =>
    describe(error, fields, env),
  );
  return { config, problems };
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
