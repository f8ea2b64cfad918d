import { tokens } from './text';

const NAMES = ['mira', 'pincer', 'agent-2'];
const seen = (text: string) =>
  tokens(
    text,
    (name) => NAMES.includes(name),
    (key) => key === 'T-12',
  ).map((token) => `${token.kind}:${token.text}`);

it.each([
  ['plain words', ['text:plain words']],
  ['', []],
  ['@Mira look', ['mention:@Mira', 'text: look']],
  ['ask @agent-2.', ['text:ask ', 'mention:@agent-2', 'text:.']],
  ['mail mira@example.org or @nobody', ['text:mail mira@example.org or @nobody']],
  ['see T-12, not T-13 or XT-12', ['text:see ', 'task:T-12', 'text:, not T-13 or XT-12']],
  ['on clawtank/T-12/1', ['text:on clawtank/T-12/1']],
  ['run `npm test` now', ['text:run ', 'code:npm test', 'text: now']],
  ['`@mira T-12`', ['code:@mira T-12']],
  ['see:\n```ts\nconst a = 1;\n```\ndone', ['text:see:\n', 'block:const a = 1;', 'text:\ndone']],
  ['one ` tick', ['text:one ` tick']],
  ['<img src=x onerror=alert(1)>', ['text:<img src=x onerror=alert(1)>']],
])('splits %j', (text, parts) => {
  expect(seen(text)).toEqual(parts);
});
