import { COMMAND_ACKS } from '@clawtank/contracts';
import { pathFields, type Route } from '../routes/route.js';
import type { ObjectSchema, Schema } from './input-schema.js';

const PROBLEM = { $ref: '#/components/responses/Problem' };
const SIGNED_IN = [{ bearer: [] }];

const IDEMPOTENCY_KEY: Schema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes a retry harmless: the same key gives the first result again. Kept for 7 days.',
  schema: { type: 'string', format: 'uuid' },
};

const parameter = (place: 'path' | 'query', name: string, required: boolean, schema: Schema): Schema => ({
  name,
  in: place,
  required: place === 'path' || required,
  schema,
});

/** What a path's field looks like there; a room may be named by its slug. */
const pathSchema = (name: string, schema: Schema | undefined): Schema =>
  name === 'room_id' ? { type: 'string', description: 'Id or slug.' } : (schema ?? { type: 'string' });

function success(route: Route): Schema {
  const description =
    route.kind === 'command'
      ? `The data of the ack \`${COMMAND_ACKS[route.name]}\`.`
      : `The answer of \`${route.name}\`.`;
  return { description, content: { 'application/json': { schema: { type: 'object' } } } };
}

/** A JSON body with these fields. */
export function jsonBody({ properties, required }: ObjectSchema): Schema {
  const schema = {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
  };
  return { required: required.length > 0, content: { 'application/json': { schema } } };
}

const without = (fields: ObjectSchema, names: readonly string[]): ObjectSchema => ({
  properties: Object.fromEntries(Object.entries(fields.properties).filter(([name]) => !names.includes(name))),
  required: fields.required.filter((name) => !names.includes(name)),
});

function commandParts(fields: ObjectSchema, inPath: readonly string[], paths: readonly Schema[]): Schema {
  const body = without(fields, [...inPath, 'command_id']);
  return {
    parameters: [...paths, IDEMPOTENCY_KEY],
    ...(Object.keys(body.properties).length > 0 ? { requestBody: jsonBody(body) } : {}),
  };
}

function queryParts(fields: ObjectSchema, inPath: readonly string[], paths: readonly Schema[]): Schema {
  const rest = without(fields, inPath);
  const queries = Object.entries(rest.properties).map(([name, schema]) =>
    parameter('query', name, rest.required.includes(name), schema),
  );
  return { parameters: [...paths, ...queries] };
}

/** The operation of one line of the table. @param isPublic strangers may ask */
export function operationOf(route: Route, tag: string, fields: ObjectSchema, isPublic: boolean): Schema {
  const inPath = pathFields(route.path);
  const paths = inPath.map((name) =>
    parameter('path', name, true, pathSchema(name, fields.properties[name])),
  );
  const parts = route.kind === 'command' ? commandParts : queryParts;
  return {
    operationId: route.name,
    tags: [tag],
    summary: route.summary,
    security: isPublic ? [{}, ...SIGNED_IN] : SIGNED_IN,
    ...parts(fields, inPath, paths),
    responses: { [String(route.status)]: success(route), default: PROBLEM },
  };
}
