export { ApiModule } from './api.module.js';
export { createAdapter } from './server/adapter.js';
export { prepareApi } from './server/prepare.js';
