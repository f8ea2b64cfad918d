import { type DynamicModule, Module } from '@nestjs/common';
import { type ConfigClass, loadConfigs } from './config.js';

/** Provides each config class, filled and checked, under its own class as token. */
@Module({})
export class ConfigModule {
  /** @throws InvalidConfig when any variable is bad. */
  static forRoot(
    classes: readonly ConfigClass[],
    env: Readonly<Record<string, string | undefined>> = process.env,
  ): DynamicModule {
    const providers = [...loadConfigs(classes, env)].map(([provide, useValue]) => ({ provide, useValue }));
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
