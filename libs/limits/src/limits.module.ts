import { Global, Injectable, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { redisAddress } from '@clawtank/config';
import { LimitValues } from './limit-values.js';
import { Limits } from './limits.js';
import { LimitsConfig } from './limits.config.js';
import { BucketStore } from './store/bucket-store.js';
import { LocalBuckets } from './store/local-buckets.js';
import { RedisBuckets } from './store/redis-buckets.js';

const store: Provider = {
  provide: BucketStore,
  inject: [LimitsConfig],
  useFactory: ({ redisUrl, redisCluster }: LimitsConfig) =>
    redisUrl
      ? new RedisBuckets(redisAddress(redisUrl, redisCluster), new LocalBuckets())
      : new LocalBuckets(),
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
@Module({ providers: [store, StoreLifecycle, LimitValues, Limits], exports: [Limits, LimitValues] })
export class LimitsModule {}
