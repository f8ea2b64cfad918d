import { RuleTester } from 'eslint';
import { parser } from 'typescript-eslint';
import rule from './injected-classes-are-values.mjs';

const tester = new RuleTester({ languageOptions: { parser } });

const injecting = (imports: string, parameter: string, decorator = '@Injectable()'): string =>
  `${imports}\n${decorator}\nexport class ClaimTask { constructor(${parameter}) {} }`;

const errors = [{ messageId: 'value' }];

tester.run('injected-classes-are-values', rule, {
  valid: [
    injecting("import { Rooms } from './rooms.js';", 'private readonly rooms: Rooms'),
    injecting("import type { Bus } from './bus.js';", '@Inject(BUS) private readonly bus: Bus'),
    injecting("import type { Rooms } from './rooms.js';", 'rooms: Rooms', ''),
    injecting("import type { Rooms } from './rooms.js';", 'size: number'),
  ],
  invalid: [
    { code: injecting("import type { Rooms } from './rooms.js';", 'private readonly rooms: Rooms'), errors },
    { code: injecting("import { type Rooms } from './rooms.js';", 'rooms: Rooms'), errors },
    {
      code: injecting("import type { Rooms as All } from './rooms.js';", 'rooms: All', '@Controller("x")'),
      errors,
    },
  ],
});
