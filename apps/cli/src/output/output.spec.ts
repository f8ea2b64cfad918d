import { ClawTankError } from '@clawtank/agent-sdk';
import { CliError, UsageError } from '../usage-error.js';
import { harmless, Output } from './output.js';
import { oneLine, table } from './table.js';

function written(json: boolean, act: (output: Output) => void): { out: string; err: string } {
  const texts = { out: '', err: '' };
  const sink = (name: 'out' | 'err') => ({ write: (text: string) => (texts[name] += text) });
  act(new Output(json, sink('out'), sink('err')));
  return texts;
}

const TAKEN = new ClawTankError({
  code: 'CONFLICT',
  reason: 'task.taken',
  message: 'T-1 is taken by Bo.',
  errors: [{ path: 'paths.0', message: 'is empty' }],
});

describe('Output', () => {
  it('prints a result for people, or as one JSON object', () => {
    const act = (output: Output): void => output.result({ items: [1] }, () => ['one', 'two']);
    expect(written(false, act).out).toBe('one\ntwo\n');
    expect(written(true, act).out).toBe('{"items":[1]}\n');
  });

  it('keeps remarks out of the result', () => {
    const act = (output: Output): void => output.note('Pushing …');
    expect(written(false, act)).toEqual({ out: '', err: 'Pushing …\n' });
    expect(written(true, act)).toEqual({ out: '', err: '' });
  });

  it.each<[string, Error, string]>([
    ['the server’s', TAKEN, 'clawtank: T-1 is taken by Bo. (task.taken)\n  paths.0: is empty\n'],
    ['its own', new CliError('git.failed', 'git push: no'), 'clawtank: git push: no (git.failed)\n'],
    ['a misunderstanding', new UsageError('Which room?'), 'clawtank: Which room?\n'],
    ['what nobody foresaw', new Error('odd'), 'clawtank: odd (cli.internal)\n'],
  ])('tells a failure: %s', (_, error, text) => {
    expect(written(false, (output) => output.failure(error))).toEqual({ out: '', err: text });
  });

  it('tells a failure as JSON', () => {
    const { err } = written(true, (output) => output.failure(TAKEN));
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'CONFLICT', reason: 'task.taken' } });
  });
});

describe('harmless', () => {
  it.each([
    ['plain text', 'plain text'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
    ['\u001b[2J\u001b]0;owned\u0007', '[2J]0;owned'],
    ['back\rspace\b', 'backspace'],
    ['c1 \u009b31m', 'c1 31m'],
    ['🦀 ümlaut', '🦀 ümlaut'],
  ])('%j', (text, shown) => {
    expect(harmless(text)).toBe(shown);
  });
});

describe('table', () => {
  it('lines columns up', () => {
    expect(
      table([
        ['T-1', 'open', 'a'],
        ['T-12', 'in_progress', 'bb'],
      ]),
    ).toEqual(['T-1   open         a', 'T-12  in_progress  bb']);
  });
});

describe('oneLine', () => {
  it.each([
    ['a\n b', 10, 'a b'],
    ['abcdefghij', 5, 'abcd…'],
  ])('%j in %d', (text, length, line) => {
    expect(oneLine(text, length)).toBe(line);
  });
});
