import { join } from 'node:path';
import { Spawner } from './spawner.js';

const BUILT = join(__dirname, '../../dist/local/spawner-process.js');
const run = { cwd: '/', env: { PATH: process.env['PATH'] ?? '' }, maxBytes: 1_000_000 };
const js = (code: string): [string, string[]] => [process.execPath, ['-e', code]];

let spawner: Spawner;
beforeEach(() => {
  spawner = new Spawner(BUILT);
});
afterEach(() => spawner.close());

describe('a program that another process starts', () => {
  it('says what it says, byte for byte', async () => {
    const input = Buffer.from([0, 255, 10, 13, 128]);
    const output = await spawner.run(...js('process.stdin.pipe(process.stdout)'), { ...run, input });
    expect(output).toEqual({ exitCode: 0, stdout: input, stderr: '', truncated: false });
  });

  it('tells its exit code and its complaint', async () => {
    const output = await spawner.run(...js('console.error("no");process.exit(3)'), run);
    expect(output).toMatchObject({ exitCode: 3, stderr: 'no\n' });
  });

  it('is one of many at once', async () => {
    const said = await Promise.all(
      Array.from({ length: 20 }, (_, n) => spawner.run('sh', ['-c', `echo ${String(n)}`], run)),
    );
    expect(said.map(({ stdout }) => Number(stdout.toString()))).toEqual(said.map((_, n) => n));
  });

  it('is ended by its signal', async () => {
    const signal = AbortSignal.timeout(50);
    const output = await spawner.run(...js('setInterval(() => {}, 1000)'), { ...run, signal });
    expect(output.exitCode).toBeNull();
  });

  it('that there is not, is told as such', async () => {
    await expect(spawner.run('/no/such/program', [], run)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('may be asked for again after the process in between was killed', async () => {
    const parent = await spawner.run(...js('console.log(process.ppid)'), run);
    const left = spawner.run(...js('setInterval(() => {}, 1000)'), {
      ...run,
      signal: AbortSignal.timeout(5_000),
    });
    process.kill(Number(parent.stdout.toString()), 'SIGKILL');
    await expect(left).rejects.toThrow();
    await expect(spawner.run('true', [], run)).resolves.toMatchObject({ exitCode: 0 });
  });
});
