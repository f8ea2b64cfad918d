import { newId } from '@clawtank/kernel';
import { commandInput, queryInput, withRoomId } from './input.js';

describe('commandInput', () => {
  const key = newId();
  it.each([
    [
      'takes path and body together',
      { room_id: 'r' },
      { text: 'hi' },
      undefined,
      { room_id: 'r', text: 'hi' },
    ],
    ['needs no body', { room_id: 'r' }, undefined, undefined, { room_id: 'r' }],
    ['takes null for no body', { room_id: 'r' }, null, undefined, { room_id: 'r' }],
    ['makes the header the command id', {}, { text: 'hi' }, key, { text: 'hi', command_id: key }],
    ['lets the header win', {}, { command_id: 'other' }, key, { command_id: key }],
    ['reads numbers of a path', { number: '12' }, {}, undefined, { number: 12 }],
    ['leaves what is no number', { number: '12x' }, {}, undefined, { number: '12x' }],
    ['lets the body repeat the path', { number: '12' }, { number: 12 }, undefined, { number: 12 }],
    ['hands on a list', {}, [1], undefined, [1]],
    ['hands on a text', {}, 'text', undefined, 'text'],
  ])('%s', (_name, params, body, header, expected) => {
    expect(commandInput(params, body, header)).toEqual(expected);
  });

  it('refuses a body that says something else than the path', () => {
    expect(() => commandInput({ room_id: 'a' }, { room_id: 'b' }, undefined)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', reason: 'input.contradicts' }),
    );
  });

  it('gives nobody’s prototype away', () => {
    const body: unknown = JSON.parse('{"__proto__": {"admin": true}}');
    const input = commandInput({}, body, undefined);
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
    expect(Object.hasOwn(Object(input), '__proto__')).toBe(true);
  });
});

describe('queryInput', () => {
  it('lets the path win', () => {
    expect(queryInput({ room_id: 'r' }, { room_id: 'x', limit: '5' })).toEqual({ room_id: 'r', limit: '5' });
  });
});

describe('withRoomId', () => {
  const id = newId();
  const find = (slug: string) => Promise.resolve(slug === 'tank-abc234' ? id : undefined);

  it('finds the room of a slug', async () => {
    expect(await withRoomId({ room_id: 'tank-abc234', text: 'x' }, find)).toEqual({ room_id: id, text: 'x' });
  });

  it('leaves an id alone', async () => {
    const other = newId();
    expect(await withRoomId({ room_id: other }, find)).toEqual({ room_id: other });
  });

  it('makes an unknown slug an id that nothing has', async () => {
    const input = await withRoomId({ room_id: 'nothing-zzzzzz' }, find);
    expect(input).toEqual({ room_id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('leaves what no database takes to the validation', async () => {
    const never = () => Promise.reject(new Error('looked up'));
    expect(await withRoomId({ room_id: 'a\0b' }, never)).toEqual({ room_id: 'a\0b' });
  });

  it('leaves alone what has no room', async () => {
    expect(await withRoomId({ task_id: 't' }, find)).toEqual({ task_id: 't' });
    expect(await withRoomId([1], find)).toEqual([1]);
  });
});
