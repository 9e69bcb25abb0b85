/** Builds from a repository of the test's own, which holds the reference service in several revisions. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../model/progress.ts';
import { resolveBuild, type ResolveOptions } from './resolve-build.ts';
import { resolveBuilds } from './resolve-builds.ts';

const project = path.join(import.meta.dirname, '..', '..');
let root: string;
let options: ResolveOptions;
const told: ProgressEvent[] = [];

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@test.example', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', root, ...identity, ...args], { encoding: 'utf8' }).trim();
}

function commit(file: string, text: string): void {
  appendFileSync(path.join(root, file), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', `change ${file}`);
}

beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'signoff-builds-'));
  for (const name of ['reference-service', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(path.join(project, name), path.join(root, name), { recursive: true });
  }
  // Links one by one: the cache in it is the test's own.
  mkdirSync(path.join(root, 'node_modules'));
  for (const name of readdirSync(path.join(project, 'node_modules'))) {
    if (!name.startsWith('.')) {
      symlinkSync(path.join(project, 'node_modules', name), path.join(root, 'node_modules', name));
    }
  }
  writeFileSync(path.join(root, '.gitignore'), 'node_modules\n');
  git('init', '--quiet', '--initial-branch', 'main');
  commit('README.md', 'the first\n');
  commit('reference-service/migrations/900_more.sql', '-- Up Migration\nselect 1;\n-- Down Migration\nselect 1;\n');
  commit('reference-service/service-version.ts', 'export const another = 1;\nconsole.log(another);\n');
  const { signal } = new AbortController();
  options = { root, workingDirectory: root, signal, progress: (event) => told.push(event) };
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

const hashOf = async (ref: string, change: Partial<ResolveOptions> = {}): Promise<string | null> =>
  (await resolveBuild(ref, { ...options, ...change })).build.contentHash;

describe('a git revision', () => {
  it('becomes a program and its migrations, and leaves the repository as it was', async () => {
    const { build, program } = await resolveBuild('main~1', options);
    expect(build).toMatchObject({
      kind: 'revision',
      commit: git('rev-parse', 'main~1'),
      dirty: false,
      regression: null,
    });
    if ('url' in program) throw new Error('a revision is no URL');
    expect(readFileSync(program.serviceEntry, 'utf8')).toContain('alphapulse');
    expect(existsSync(path.join(program.migrateEntry, '..', 'migrations', '900_more.sql'))).toBe(true);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('is the same program as the folder that it was checked out into', async () => {
    const folder = await resolveBuild('.', options);
    expect(folder.build).toMatchObject({ kind: 'folder', commit: git('rev-parse', 'HEAD'), dirty: false });
    expect(folder.build.contentHash).toBe(await hashOf('HEAD'));
    expect(folder.build.ref).toBe('.');
  });

  it('differs from another by its source, and by its migrations alone', async () => {
    const hashes = await Promise.all(['main~2', 'main~1', 'main'].map((ref) => hashOf(ref)));
    expect(new Set(hashes).size).toBe(3);
  });

  it('is the same program where only something else changed', async () => {
    commit('README.md', 'more\n');
    const { base, candidate } = await resolveBuilds({ base: 'HEAD~1', candidate: 'HEAD' }, options);
    expect(candidate.build.contentHash).toBe(base.build.contentHash);
    expect(candidate.build.commit).not.toBe(base.build.commit);
    expect(told).toContainEqual({ kind: 'warning', message: expect.stringContaining('identical builds') as string });
  });

  it('that cannot be built says why', async () => {
    git('checkout', '--quiet', '-b', 'broken');
    commit('reference-service/service-version.ts', 'export const = 1;\n');
    git('rm', '--quiet', '-r', 'reference-service');
    git('commit', '--quiet', '--message', 'no service');
    git('checkout', '--quiet', 'main');
    await expect(hashOf('broken~1')).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: expect.stringMatching(/broken~1 cannot be built(.|\n)*service-version\.ts/) as string,
    });
    await expect(hashOf('broken')).rejects.toThrow('broken has no reference-service/server.ts');
  });

  it('with other dependencies gets those that it locks', async () => {
    git('checkout', '--quiet', '-b', 'bare-hands');
    const named = { name: 'bare', version: '1.0.0' };
    writeFileSync(path.join(root, 'package.json'), JSON.stringify(named));
    const lock = { ...named, lockfileVersion: 3, requires: true, packages: { '': named } };
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify(lock));
    git('commit', '--quiet', '--all', '--message', 'no dependencies');
    git('checkout', '--quiet', 'main');
    told.length = 0;
    await expect(hashOf('bare-hands')).rejects.toThrow('Could not resolve "fastify"');
    expect(JSON.stringify(told)).toContain('npm ci');
  });
});

describe('a folder', () => {
  it('is built as it lies there, and says that it is changed', async () => {
    appendFileSync(path.join(root, 'reference-service', 'service-version.ts'), 'console.log(another + 1);\n');
    const { build } = await resolveBuild(root, options);
    git('checkout', '--quiet', '--', '.');
    expect(build).toMatchObject({ ref: '.', kind: 'folder', dirty: true, commit: git('rev-parse', 'HEAD') });
    expect(build.contentHash).not.toBe(await hashOf('HEAD'));
  });

  it('outside the project is told by its name alone, and outside git not to be unchanged', async () => {
    const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'signoff-elsewhere-'));
    try {
      const folder = path.join(elsewhere, 'candidate');
      for (const part of ['reference-service', 'package.json', 'package-lock.json'])
        cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
      const { build } = await resolveBuild(folder, options);
      expect(build).toMatchObject({ ref: 'candidate', kind: 'folder', commit: null, dirty: null });
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('can have a regression planted', async () => {
    const pattern = 'export const another = 1;';
    const replacements = [{ file: 'service-version.ts', pattern, replacement: 'export const another = 2;' }];
    const { build } = await resolveBuild('.', { ...options, planted: { id: 'another-number', replacements } });
    expect(build.regression).toBe('another-number');
    expect(build.contentHash).not.toBe(await hashOf('.'));
  });
});
