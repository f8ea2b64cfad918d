import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { createDataSource, migrate } from './data-source.js';
import type { MigrationClass } from './migration.js';
import { Database } from './database.js';
import { DatabaseConfig } from './database.config.js';
import { Jobs } from './jobs.js';

/** The pool, the migrations of all libs (run before anything else starts) and the job library. */
@Module({})
export class DatabaseModule {
  static forRoot(options: { readonly migrations: readonly MigrationClass[] }): DynamicModule {
    const orm = TypeOrmModule.forRootAsync({
      inject: [DatabaseConfig],
      useFactory: (config: DatabaseConfig) => createDataSource(config, options.migrations).options,
      dataSourceFactory: async (settings) => {
        if (!settings) throw new Error('no database settings');
        const source = await new DataSource(settings).initialize();
        await migrate(source);
        return source;
      },
    });
    return {
      module: DatabaseModule,
      global: true,
      imports: [orm],
      providers: [Database, Jobs],
      exports: [Database, Jobs],
    };
  }
}
