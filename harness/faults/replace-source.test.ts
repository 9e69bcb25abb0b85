import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceOnce, replaceSource } from './replace-source.ts';

const change = { file: 'answer.ts', pattern: 'return 42', replacement: 'return $& 41' };

describe('replaceOnce', () => {
  it('puts the replacement in literally, dollar signs and all', () => {
    expect(replaceOnce('f() { return 42; }', change)).toBe('f() { return $& 41; }');
  });

  it.each([
    ['is not there', 'return 7', '0 times'],
    ['is there twice', 'return 42; return 42', '2 times'],
  ])('refuses a pattern that %s', (_, text, complaint) => {
    expect(() => replaceOnce(text, change)).toThrow(complaint);
  });
});

describe('replaceSource', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'signoff-faults-'));
    await writeFile(path.join(directory, 'answer.ts'), 'export const answer = (): number => 42;\n');
    await writeFile(
      path.join(directory, 'entry.ts'),
      "import { answer } from './answer.ts';\nexport const told = answer();\n",
    );
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  const bundle = async (file: string) => {
    const outfile = path.join(directory, 'out.mjs');
    const plugins = [replaceSource(directory, () => [{ file, pattern: '=> 42', replacement: '=> 41' }])];
    await build({
      entryPoints: [path.join(directory, 'entry.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      logLevel: 'silent',
      plugins,
    });
    return await readFile(outfile, 'utf8');
  };

  it('changes the built program', async () => {
    const text = await bundle('answer.ts');
    expect(text).toContain('=> 41');
    expect(text).not.toContain('=> 42');
  });

  it('fails the build when the file is no part of the program', async () => {
    await expect(bundle('elsewhere.ts')).rejects.toThrow('no part of the service');
  });
});
