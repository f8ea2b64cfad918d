export { MIGRATIONS } from './composition.js';
export { PlatformModule } from './platform.module.js';
export type { PlatformOptions } from './platform.module.js';
export { Workers } from './workers.js';
