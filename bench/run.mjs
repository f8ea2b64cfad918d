// Builds what has changed, then measures: `pnpm bench [name] [--json]`.
import { buildLocked } from '../scripts/build.mjs';

await buildLocked({ log: console.error });
await import('./dist/main.js');
