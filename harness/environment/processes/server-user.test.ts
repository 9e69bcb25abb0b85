/** What the servers' user can reach follows from the permissions of every folder on the way. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isReachable } from './server-user.ts';

const stranger = { uid: 54_321, gid: 54_321 };
let folder = '';
let program = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'server-user-'));
  mkdirSync(path.join(folder, 'bin'), { mode: 0o755 });
  program = path.join(folder, 'bin', 'program');
  writeFileSync(program, '', { mode: 0o755 });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('isReachable', () => {
  it('is true for ourselves', () => {
    expect(isReachable(program, null)).toBe(true);
  });

  it('is false below a folder that only its owner may enter', () => {
    expect(isReachable(program, stranger)).toBe(false);
  });

  it('is true once every folder may be entered', () => {
    chmodSync(folder, 0o711);
    expect(isReachable(program, stranger)).toBe(true);
  });

  it('is false for a program that others may not run', () => {
    chmodSync(folder, 0o711);
    chmodSync(program, 0o700);
    expect(isReachable(program, stranger)).toBe(false);
  });
});
