import { isDatabaseAway } from './is-database-away.js';

const failing = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

it.each([
  ['a refused connection', failing('connect', 'ECONNREFUSED'), true],
  ['a server that starts', failing('the database system is starting up', '57P03'), true],
  ['a server that was killed', failing('terminating connection', '57P01'), true],
  ['a connection that broke', failing('Connection terminated unexpectedly'), true],
  ['a connection that broke before its first statement', failing('Query runner already released.'), true],
  ['a connection that broke between two statements', failing('Client was closed and is not queryable'), true],
  ['a connection that answers no more', failing('Query read timeout'), true],
  ['a connection that never came about', failing('timeout expired'), true],
  ['a broken rule', failing('duplicate key', '23505'), false],
  ['something else', failing('no'), false],
  ['no error', 'ECONNREFUSED', false],
])('%s', (_name, error, expected) => {
  expect(isDatabaseAway(error)).toBe(expected);
});
