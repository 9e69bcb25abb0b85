import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadMutants } from './load-mutants.ts';

const mutant = (id: string, layer = 'redis') => ({
  ...{ id, layer, title: 'every key', claim: 'SEC-ISO', guarantee: 'some keys', seenIn: 'a test' },
  ...{ apply: [['ACL', 'SETUSER', 'alphapulse', '~*']], revert: [['ACL', 'SETUSER', 'alphapulse', 'resetkeys']] },
});

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'signoff-mutants-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function write(name: string, content: unknown): Promise<void> {
  const file = path.join(directory, name);
  await mkdir(path.dirname(file), { recursive: true });
  const text = JSON.stringify(content);
  await writeFile(file, name.endsWith('.json') ? text : `export default ${text};\n`);
}

async function messageOf(directories: string[]): Promise<string> {
  return loadMutants(directories).then(
    () => 'loaded',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe('loadMutants', () => {
  it('takes every file of a folder and below, by layer and id', async () => {
    await write('z.json', mutant('z-first'));
    await write('deep/er/a.mjs', mutant('a-second'));
    await write('b.json', {
      ...mutant('b-third', 'vault'),
      apply: [{ method: 'GET', path: 'x' }],
      revert: [{ method: 'GET', path: 'x' }],
    });
    await write('README.md', 'no mutant');
    const loaded = await loadMutants([directory]);
    expect(loaded.map(({ id }) => id)).toEqual(['a-second', 'z-first', 'b-third']);
    expect(loaded[1]?.file).toBe(path.join(directory, 'z.json'));
  });

  it('tells the problems of all files together', async () => {
    await write('unknown-key.json', { ...mutant('one'), undo: [] });
    await write('no-layer.json', { ...mutant('two'), layer: 'kafka' });
    await write('capital.mjs', mutant('Three'));
    await writeFile(path.join(directory, 'broken.json'), '{');
    await writeFile(path.join(directory, 'nothing.mjs'), 'export const other = 1;\n');
    const message = await messageOf([directory, path.join(directory, 'missing')]);
    for (const part of [
      'unknown-key.json',
      'undo',
      'no-layer.json',
      'capital.mjs',
      'broken.json',
      'nothing.mjs',
      'missing',
    ]) {
      expect(message).toContain(part);
    }
  });

  it('says in words what is wrong with a module, and with a place that is not there', async () => {
    await writeFile(path.join(directory, 'nothing.mjs'), 'export const other = 1;\n');
    const missing = path.join(directory, 'missing');
    const message = await messageOf([directory, missing]);
    expect(message).toContain('nothing.mjs: cannot be read: it has no default export');
    expect(message).toContain(`${missing}: there is no such folder or file`);
    expect(message).not.toMatch(/ENOENT|invalid_type/);
  });

  it('takes a file that is named itself, and refuses one that is none', async () => {
    await write('a.json', mutant('by-itself'));
    await write('b.json', mutant('beside-it'));
    const loaded = await loadMutants([path.join(directory, 'a.json')]);
    expect(loaded.map(({ id }) => id)).toEqual(['by-itself']);
    await writeFile(path.join(directory, 'notes.md'), 'no mutant');
    expect(await messageOf([path.join(directory, 'notes.md')])).toContain('notes.md: is no mutant (.ts, .js');
  });

  it('refuses an id that two have', async () => {
    await write('a.json', mutant('same'));
    await write('b.json', mutant('same'));
    expect(await messageOf([directory])).toMatch(/b\.json: the id same is that of .*a\.json too/);
  });

  it('refuses a folder that holds none', async () => {
    expect(await messageOf([directory])).toContain('holds no mutant');
  });

  it('is a mistake in the command', async () => {
    await expect(loadMutants([directory])).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });
});
