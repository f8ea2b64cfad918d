import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration class that also shows its text, which names the template of test databases. */
export interface MigrationClass {
  new (): MigrationInterface;
  readonly sql: string;
}

/**
 * Makes a migration from plain SQL.
 * @param name an identifier that ends in a 13-digit time stamp; it orders the migrations of all libs
 */
export function defineMigration(name: string, up: string, down: string): MigrationClass {
  return class implements MigrationInterface {
    static readonly sql = `${name}\n${up}`;
    readonly name = name;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(up);
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query(down);
    }
  };
}
