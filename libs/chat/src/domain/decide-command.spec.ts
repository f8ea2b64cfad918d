import { decisionIn } from './decide-command.js';

it.each<[string, string | undefined]>([
  ['/decide tabs it is', 'tabs it is'],
  ['/Decide  tabs,\nnot spaces ', 'tabs,\nnot spaces'],
  ['/decide', undefined],
  ['/decide   ', undefined],
  ['/decided on tabs', undefined],
  ['let us /decide now', undefined],
  ['> /decide tabs', undefined],
])('%j decides %j', (text, decision) => expect(decisionIn(text)).toBe(decision));
