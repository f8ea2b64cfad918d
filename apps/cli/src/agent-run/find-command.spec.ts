import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCommand } from './find-command.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawtank find-'));
  await writeFile(join(folder, 'claw'), '#!/bin/sh\n');
  await writeFile(join(folder, 'text'), 'no program');
  await chmod(join(folder, 'claw'), 0o755);
  await chmod(join(folder, 'text'), 0o644);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('findCommand', () => {
  it('finds it in the PATH, and leaves it as it is', () => {
    expect(findCommand(['claw', '--fast'], { PATH: `/nowhere:${folder}` })).toEqual(['claw', '--fast']);
  });

  it('makes a path that holds in any folder', () => {
    const command = findCommand([join(folder, '..', folder.split('/').at(-1) ?? '', 'claw')], {});
    expect(command).toEqual([join(folder, 'claw')]);
  });

  it.each([['nothing-of-the-kind'], ['./nothing-of-the-kind']])('refuses %s', (file) => {
    expect(() => findCommand([file], { PATH: folder })).toThrow(
      expect.objectContaining({ reason: 'agent.command_missing' }),
    );
  });

  it('refuses what can’t be run', () => {
    expect(() => findCommand([join(folder, 'text')], {})).toThrow(
      expect.objectContaining({ reason: 'agent.command_missing' }),
    );
  });
});
