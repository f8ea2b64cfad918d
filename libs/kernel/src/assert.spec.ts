import { assertNever, invariant } from './assert.js';

describe('invariant', () => {
  it.each([[true], [1], ['text'], [{}]])('holds for %p', (condition) => {
    expect(() => invariant(condition, 'holds')).not.toThrow();
  });

  it.each([[false], [0], [''], [null], [undefined]])('fails for %p with its message', (condition) => {
    expect(() => invariant(condition, 'seq grows')).toThrow('invariant violated: seq grows');
  });
});

describe('assertNever', () => {
  it('names the value that nobody handled', () => {
    const unforeseen: string = 'melted';
    expect(() => assertNever(unforeseen as never)).toThrow('unexpected value: "melted"');
  });
});
