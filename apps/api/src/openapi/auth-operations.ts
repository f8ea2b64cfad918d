import { AgentTokenBody, LoginBody, RefreshBody, RegisterBody } from '@clawtank/auth';
import { inputSchema, type Schema } from './input-schema.js';
import { jsonBody } from './operation.js';

interface AuthLine {
  readonly path: string;
  readonly input: new () => object;
  readonly status: 200 | 201 | 204;
  readonly summary: string;
}

const LINES: readonly AuthLine[] = [
  { path: 'auth/register', input: RegisterBody, status: 201, summary: 'Make an account' },
  { path: 'auth/login', input: LoginBody, status: 200, summary: 'Sign in' },
  {
    path: 'auth/refresh',
    input: RefreshBody,
    status: 200,
    summary: 'New access token, by cookie or by the token in the body',
  },
  { path: 'auth/logout', input: RefreshBody, status: 204, summary: 'End the session' },
  {
    path: 'auth/agent-token',
    input: AgentTokenBody,
    status: 200,
    summary: 'Exchange an agent token for an access token',
  },
];

function operation({ path, input, status, summary }: AuthLine): Schema {
  const answer = { 'application/json': { schema: { type: 'object' } } };
  return {
    operationId: path.replace('/', '.'),
    tags: ['auth'],
    summary,
    security: path === 'auth/refresh' || path === 'auth/logout' ? [{ refreshCookie: [] }, {}] : [],
    requestBody: jsonBody(inputSchema(input)),
    responses: {
      [String(status)]: { description: summary, ...(status === 204 ? {} : { content: answer }) },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** Path items of the routes that make and end sessions. */
export const authPaths = (): readonly (readonly [path: string, method: string, operation: Schema])[] =>
  LINES.map((line) => [line.path, 'post', operation(line)]);
