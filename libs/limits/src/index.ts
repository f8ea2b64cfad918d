export { isPublicAddress } from './public-address.js';
export { LimitValues } from './limit-values.js';
export type { LimitName } from './limit-values.js';
export { Limits } from './limits.js';
export { LimitsConfig } from './limits.config.js';
export { LimitsModule } from './limits.module.js';
