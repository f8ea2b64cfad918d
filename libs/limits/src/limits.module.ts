import { Global, Injectable, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { Limits } from './limits.js';
import { LimitsConfig } from './limits.config.js';
import { BucketStore } from './store/bucket-store.js';
import { LocalBuckets } from './store/local-buckets.js';
import { RedisBuckets } from './store/redis-buckets.js';

const store: Provider = {
  provide: BucketStore,
  inject: [LimitsConfig],
  useFactory: ({ redisUrl }: LimitsConfig) =>
    redisUrl ? new RedisBuckets(redisUrl, new LocalBuckets()) : new LocalBuckets(),
};

/** Closes the store with the application. */
@Injectable()
class StoreLifecycle implements OnApplicationShutdown {
  constructor(private readonly buckets: BucketStore) {}

  async onApplicationShutdown(): Promise<void> {
    await this.buckets.close();
  }
}

/** Gives every door the same limits; `LimitsConfig` comes from a `ConfigModule`. */
@Global()
@Module({ providers: [store, StoreLifecycle, Limits], exports: [Limits] })
export class LimitsModule {}
