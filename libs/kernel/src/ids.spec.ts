import { isId, newId, randomSuffix } from './ids.js';

describe('newId', () => {
  it('is a version 7 UUID', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts in the order of creation', () => {
    const ids = Array.from({ length: 1_000 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('isId', () => {
  it.each([
    ['018f4f6e-1b2c-7d3e-8f4a-5b6c7d8e9f0a', true],
    ['018F4F6E-1B2C-7D3E-8F4A-5B6C7D8E9F0A', true],
    ['018f4f6e1b2c7d3e8f4a5b6c7d8e9f0a', false],
    ["018f4f6e-1b2c-7d3e-8f4a-5b6c7d8e9f0a'; --", false],
    ['018f4f6e-1b2c-7d3e-8f4a-5b6c7d8e9f0a\n', false],
    ['T-12', false],
    ['', false],
  ])('%p → %p', (text, expected) => {
    expect(isId(text)).toBe(expected);
  });
});

describe('randomSuffix', () => {
  it.each([[0], [1], [6], [40]])('has %p characters, none of them easily misread', (count) => {
    expect(randomSuffix(count)).toMatch(new RegExp(`^[a-hj-km-np-z2-9]{${count}}$`));
  });
});
