/** The folders in which builds are made: what a killed program left goes, what another is working in stays. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeBuildTree } from './build-tree.ts';

let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(path.join(os.tmpdir(), 'build-tree-test-'));
  vi.stubEnv('TMPDIR', temporary);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

it('removes what a program left that has ended, and nothing else', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const [left, used, foreign] = [`signoff-build-${pid}-abc`, `signoff-build-${process.pid}-abc`, 'signoff-build-notes'];
  for (const name of [left, used, foreign]) mkdirSync(path.join(temporary, name));
  const tree = await makeBuildTree();
  expect(existsSync(tree)).toBe(true);
  expect([left, used, foreign].map((name) => existsSync(path.join(temporary, name)))).toEqual([false, true, true]);
});
