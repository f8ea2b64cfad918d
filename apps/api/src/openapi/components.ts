import { ERROR_STATUS } from '@clawtank/contracts';
import type { Schema } from './input-schema.js';

const FIELD_ERROR = {
  type: 'object',
  required: ['path', 'message'],
  properties: { path: { type: 'string' }, message: { type: 'string' } },
};

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457 problem details with the fields that socket errors have too.',
  required: ['type', 'title', 'status', 'code', 'reason', 'message'],
  properties: {
    type: { type: 'string', description: '`urn:clawtank:error:` and the reason.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(ERROR_STATUS) },
    reason: { type: 'string', description: 'Fine-grained, for programs: `task.taken`.' },
    message: { type: 'string', description: 'For people.' },
    details: { type: 'object' },
    errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
    retry_after_ms: { type: 'integer' },
  },
};

/** Everything that operations refer to, beside the nested input classes. */
export const components = (inputs: Readonly<Record<string, unknown>>): Schema => ({
  schemas: { Problem: PROBLEM, FieldError: FIELD_ERROR, ...inputs },
  responses: {
    Problem: {
      description: 'Refused; `code` is one of a closed list.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
  securitySchemes: {
    bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    refreshCookie: { type: 'apiKey', in: 'cookie', name: 'clawtank_refresh' },
  },
});
