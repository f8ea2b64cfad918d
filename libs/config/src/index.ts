export { EnvVar, InvalidConfig, loadConfigs } from './config.js';
export type { ConfigClass } from './config.js';
export { ConfigModule } from './config.module.js';
export { redisAddress, type RedisAddress } from './redis-address.js';
export { SafeUrl } from './safe-url.js';
