import {
  AgentTokenBody,
  LinkBody,
  LoginBody,
  PasswordResetBody,
  RefreshBody,
  RegisterBody,
} from '@clawtank/auth';
import { SIGN_IN_PROVIDERS } from '@clawtank/contracts';
import { inputSchema, type Schema } from './input-schema.js';
import { jsonBody } from './operation.js';

type PathItem = readonly [path: string, method: string, operation: Schema];

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
  {
    path: 'auth/password-reset',
    input: PasswordResetBody,
    status: 200,
    summary: 'Set a new password with a code from an administrator',
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

const PROVIDER = {
  name: 'provider',
  in: 'path',
  required: true,
  schema: { type: 'string', enum: [...SIGN_IN_PROVIDERS] },
};
const SENT_ON = { '302': { description: 'The browser is sent on.' } };
const PROBLEM = { $ref: '#/components/responses/Problem' };
const JSON_ANSWER = { content: { 'application/json': { schema: { type: 'object' } } } };

/** What browsers walk through; programs need the list only. */
const BROWSER_PATHS: readonly PathItem[] = [
  [
    'auth/providers',
    'get',
    {
      operationId: 'auth.providers',
      tags: ['auth'],
      summary: 'Who people can sign in through on this server',
      security: [],
      responses: { '200': { description: 'The providers', ...JSON_ANSWER }, default: PROBLEM },
    },
  ],
  [
    'auth/:provider',
    'get',
    {
      operationId: 'auth.provider',
      tags: ['auth'],
      summary: 'Send the browser to a provider’s page',
      security: [],
      parameters: [PROVIDER, { name: 'return_to', in: 'query', required: false, schema: { type: 'string' } }],
      responses: { ...SENT_ON, default: PROBLEM },
    },
  ],
  [
    'auth/:provider/callback',
    'get',
    {
      operationId: 'auth.provider.callback',
      tags: ['auth'],
      summary: 'Where the provider sends the browser back to: signs in, or links an account',
      security: [],
      parameters: [PROVIDER],
      responses: { ...SENT_ON, default: PROBLEM },
    },
  ],
  [
    'auth/:provider/link',
    'post',
    {
      operationId: 'auth.provider.link',
      tags: ['auth'],
      summary: 'Begin to link an account at a provider to one’s own',
      security: [{ bearer: [] }],
      parameters: [PROVIDER],
      requestBody: jsonBody(inputSchema(LinkBody)),
      responses: { '200': { description: 'The provider’s page', ...JSON_ANSWER }, default: PROBLEM },
    },
  ],
];

/** Path items of the routes that make and end sessions. */
export const authPaths = (): readonly PathItem[] => [
  ...LINES.map((line): PathItem => [line.path, 'post', operation(line)]),
  ...BROWSER_PATHS,
];
