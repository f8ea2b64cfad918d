import { JsonLogger } from './json-logger.js';

describe('JsonLogger', () => {
  const written = (log: (logger: JsonLogger) => void, level?: string): Record<string, unknown>[] => {
    const lines: string[] = [];
    log(new JsonLogger(level, { write: (line) => void lines.push(line) }));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('writes one object a line, with Nest’s context', () => {
    expect(written((logger) => logger.log('ready', 'server'))).toEqual([
      { level: 30, time: expect.any(String), context: 'server', msg: 'ready' },
    ]);
  });

  it('writes the fields of an object', () => {
    const [line] = written((logger) => logger.error({ request_id: 'r-1', error: 'boom' }, 'http'));
    expect(line).toMatchObject({ level: 50, context: 'http', request_id: 'r-1', error: 'boom' });
  });

  it('hides what is secret, wherever it stands', () => {
    const lines = written((logger) => {
      logger.log('token clw_abcdefgh12345678', 'auth');
      logger.warn({ headers: { authorization: 'Bearer abc', cookie: 'clawtank_refresh=xyz' } }, 'http');
      logger.error(new Error('postgres://tank:s3cret@db refused'), 'boot');
      logger.log('with extras', { password: 'hunter2' }, 'auth');
    });
    expect(lines).toHaveLength(4);
    expect(JSON.stringify(lines)).not.toMatch(/clw_abc|Bearer abc|xyz|s3cret|hunter2/);
  });

  it('keeps quiet below its level', () => {
    expect(written((logger) => logger.log('chatter'), 'warn')).toEqual([]);
  });
});
