import fc from 'fast-check';
import { type Mentionable, mentionedHandles, resolveMentions } from './mentions.js';

describe('mentionedHandles', () => {
  it.each([
    ['@ada', ['ada']],
    ['@ada please look', ['ada']],
    ['ask @ada, @bob and @ada', ['ada', 'bob']],
    ['@Ada and @PINCER-2', ['ada', 'pincer-2']],
    ['(@ada)', ['ada']],
    ['"@ada"', ['ada']],
    ['*@ada* **@bob** _@cy_', ['ada', 'bob', 'cy']],
    ['@ada.', ['ada']],
    ['@ada: now', ['ada']],
    ["@ada's branch", ['ada']],
    ['@ada…', ['ada']],
    ['line one\n@ada line two', ['ada']],
    ['> @ada said so', ['ada']],
    ['@a_b-c', ['a_b-c']],
    ['@ada- and @bob_', ['ada', 'bob']],
    ['@7', ['7']],
    ['done.@ada', ['ada']],
    ['@ada/', ['ada']],
    ['@ada.\n@bob', ['ada', 'bob']],
  ])('finds in %j → %j', (text, handles) => {
    expect(mentionedHandles(text)).toEqual(handles);
  });

  it.each([
    ['an e-mail address', 'write to ada@example.org'],
    ['an address with a plus', 'ada+x@example.org and ada.b-@example.org'],
    ['an address without a dot', 'root@localhost'],
    ['a domain', 'see @example.org'],
    ['a scoped package', 'npm i @types/node'],
    ['an account elsewhere', '@ada@example.social'],
    ['a path', 'https://example.org/@ada'],
    ['a doubled sign', '@@ada'],
    ['an escaped sign', '\\@ada'],
    ['the sign alone', 'at @ noon, @'],
    ['a handle that starts badly', '@-ada @_ada'],
    ['a handle that is too long', `@${'a'.repeat(33)}`],
    ['a word with other letters', '@adaé éa@ada'],
    ['a code span', 'run `@ada` now'],
    ['a code span over lines', '`one\n@ada`'],
    ['a span with back-ticks in it', '`` ` @ada ` ``'],
    ['a fenced block', '```\n@ada\n```'],
    ['a fenced block with a language', '```ts\n@Injectable()\n```'],
    ['a tilde block', '~~~\n@ada\n~~~'],
    ['a block that is never closed', '```\n@ada\n'],
    ['a longer fence around a shorter one', '````\n```\n@ada\n````'],
    ['an indented fence', '   ```\n@ada\n   ```'],
    ['a Windows line end', '```\r\n@ada\r\n```\r\n'],
  ])('finds none in %s', (_what, text) => {
    expect(mentionedHandles(text)).toEqual([]);
  });

  it.each([
    ['after a span', '`x` @ada', ['ada']],
    ['between two spans', '`x` @ada `y`', ['ada']],
    ['behind a back-tick that stays open', '`x @ada', ['ada']],
    ['between runs of different length', '`` @ada `', ['ada']],
    ['after a block', '```\ncode\n```\n@ada', ['ada']],
    ['before a block', '@ada\n```\n@bob\n```', ['ada']],
    ['in a line with three back-ticks inside', 'say ``` @ada', ['ada']],
    ['four spaces before the fence', '    ```\n@ada', ['ada']],
    ['a span does not reach over a block', '`\n```\n@bob\n```\n@ada `', ['ada']],
  ])('finds what stands %s', (_where, text, handles) => {
    expect(mentionedHandles(text)).toEqual(handles);
  });

  it('is quick on texts made to be slow', () => {
    const hostile = ['`'.repeat(16_000), '` '.repeat(8_000), '@a'.repeat(8_000), '@'.repeat(16_000)];
    const rising = Array.from({ length: 170 }, (_, i) => '`'.repeat(i + 1)).join(' ');
    const from = performance.now();
    for (const text of [...hostile, rising, '```\n'.repeat(4_000), '~~~x'.repeat(4_000)])
      mentionedHandles(text);
    expect(performance.now() - from).toBeLessThan(1_000);
  });

  it('never invents a handle', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const handle of mentionedHandles(text)) expect(text.toLowerCase()).toContain(`@${handle}`);
      }),
    );
  });
});

describe('resolveMentions', () => {
  const ada: Mentionable = { kind: 'human', id: 'u1', name: 'Ada L.', handle: 'ada' };
  const pincer: Mentionable = { kind: 'agent', id: 'a1', name: 'Pincer', handle: 'Pincer' };

  it('names people and agents of the room, whatever the case', () => {
    expect(resolveMentions('@PINCER ask @Ada', [ada, pincer])).toEqual([
      { kind: 'agent', id: 'a1', name: 'Pincer' },
      { kind: 'human', id: 'u1', name: 'Ada L.' },
    ]);
  });

  it('leaves a handle that nobody here has as text', () => {
    expect(resolveMentions('@mallory and @constructor', [ada])).toEqual([]);
  });
});
