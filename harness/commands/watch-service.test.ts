/** A program that is edited while it is measured is noticed before the next block; what lies beside it may change. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchService } from './watch-service.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'signoff-service-'));
  await mkdir(path.join(folder, 'queries'));
  await write('server.ts', '1');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(name: string, text: string): Promise<void> {
  await writeFile(path.join(folder, name), text);
}

it('is content with a program that stays as it is, whatever lies beside it', async () => {
  const requireUnchanged = await watchService(folder);
  await write('server.ts', '1');
  await write('server.test.ts', '2');
  await write('README.md', '3');
  await expect(requireUnchanged()).resolves.toBeUndefined();
});

it.each(['server.ts', path.join('queries', 'new.sql')])('refuses a change of %s', async (name) => {
  const requireUnchanged = await watchService(folder);
  await write(name, '2');
  await expect(requireUnchanged()).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringContaining(folder) as string,
  });
});
