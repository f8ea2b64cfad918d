export { Limits } from './limits.js';
export { LimitsConfig } from './limits.config.js';
export { LimitsModule } from './limits.module.js';
