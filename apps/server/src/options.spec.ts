import { resolve } from 'node:path';
import { DEFAULT_PORT, readOptions, UsageError } from './options.js';

describe('readOptions', () => {
  it('has a default for everything', () => {
    expect(readOptions([], {})).toEqual({
      dataDir: resolve('.clawtank'),
      host: '127.0.0.1',
      port: DEFAULT_PORT,
      portIsFixed: false,
      publicUrl: undefined,
    });
  });

  it('lets the command line win over the environment', () => {
    const env = { CLAWTANK_DATA: '/from-env', CLAWTANK_PORT: '5000' };
    expect(readOptions(['--data', '/given', '--port', '6000'], env)).toMatchObject({
      dataDir: '/given',
      port: 6000,
      portIsFixed: true,
    });
    expect(readOptions([], env)).toMatchObject({ dataDir: '/from-env', port: 5000 });
  });

  it('takes port 0 as any free port', () => {
    expect(readOptions(['--port', '0'], {})).toMatchObject({ port: 0, portIsFixed: false });
  });

  it.each([[['--port', 'many']], [['--port', '70000']], [['--prot', '1']], [['extra']]])(
    'refuses %j',
    (argv) => {
      expect(() => readOptions(argv, {})).toThrow(UsageError);
    },
  );
});
