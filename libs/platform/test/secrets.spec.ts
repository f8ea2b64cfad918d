import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HandlerRegistry } from '@clawtank/commands';
import { inputFields, refuseSecrets } from '@clawtank/commands/testing';
import { createTestDatabase, type TestDatabase } from '@clawtank/database/testing';
import { plainToInstance } from 'class-transformer';
import { MIGRATIONS, PlatformModule } from '../src/index.js';

const SECRET = `ghp_${'aB3dE6gH9jK2'.repeat(3)}`;

/** What is there for a secret: everywhere else one is refused. */
const FOR_SECRETS = [
  'git.set_token token',
  'me.change_password current_password',
  'me.change_password new_password',
];

describe('a secret in the input of a command', () => {
  let test: TestDatabase;
  let gitRoot: string;
  let app: INestApplicationContext;
  let registry: HandlerRegistry;
  beforeAll(async () => {
    test = await createTestDatabase(MIGRATIONS);
    gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-secrets-'));
    const env = { DATABASE_URL: test.url, GIT_ROOT: gitRoot, CLAWTANK_WORKERS: 'false' };
    @Module({ imports: [PlatformModule.forRoot({ env })] })
    class Root {}
    app = await NestFactory.createApplicationContext(Root, { logger: false });
    registry = app.get(HandlerRegistry, { strict: false });
  });
  afterAll(async () => {
    await app.close();
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  });

  const isRefused = (Input: new () => object, raw: object): boolean => {
    try {
      refuseSecrets(plainToInstance(Input, raw));
      return false;
    } catch {
      return true;
    }
  };

  it('is refused in every field of every command but those that are there for it', () => {
    const fields = registry.commandNames.flatMap((name) => {
      const Input = registry.command(name)?.meta.input;
      return Input ? inputFields(Input).map((field) => ({ name, field, Input })) : [];
    });
    expect(fields.length).toBeGreaterThan(100);
    const letThrough = fields.filter(({ field, Input }) => !isRefused(Input, { [field]: SECRET }));
    expect(letThrough.map(({ name, field }) => `${name} ${field}`).sort()).toEqual(FOR_SECRETS);
  });

  it('is refused deep inside, but not in the token of a repository', () => {
    const Input = registry.command('room.create')?.meta.input;
    if (!Input) throw new Error('there is no room.create');
    const repository = { host: 'github', full_name: 'a/b', token: SECRET };
    expect(isRefused(Input, { name: 'Tank', repository })).toBe(false);
    expect(isRefused(Input, { name: 'Tank', repository: { ...repository, full_name: SECRET } })).toBe(true);
  });
});
