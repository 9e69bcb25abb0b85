/** Programs in closed folders are linked or copied to where the servers' user can run them; open ones are used in place. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachableProgram, reachablePrograms } from './reachable-program.ts';

const stranger = { uid: 54_321, gid: 54_321 };
let closed = '';
let open = '';

beforeEach(() => {
  const temporary = realpathSync(os.tmpdir());
  closed = mkdtempSync(path.join(temporary, 'closed-'));
  open = mkdtempSync(path.join(temporary, 'open-'));
  chmodSync(open, 0o755);
  mkdirSync(path.join(closed, 'native', 'bin'), { recursive: true });
  mkdirSync(path.join(closed, 'native', 'lib'));
  writeFileSync(path.join(closed, 'native', 'bin', 'server'), 'program', { mode: 0o700 });
  writeFileSync(path.join(closed, 'native', 'lib', 'libx.so.1'), 'library', { mode: 0o644 });
  symlinkSync('libx.so.1', path.join(closed, 'native', 'lib', 'libx.so'));
});

afterEach(() => {
  for (const folder of [closed, open]) rmSync(folder, { recursive: true });
});

describe('reachable programs', () => {
  it('stay where they are when nobody else has to run them', () => {
    const program = path.join(closed, 'native', 'bin', 'server');
    expect(reachableProgram(program, path.join(open, 'programs'), null)).toBe(program);
  });

  it('are copied with permissions that let others run them', () => {
    const original = path.join(closed, 'native', 'bin', 'server');
    const program = reachableProgram(original, path.join(open, 'programs'), stranger);
    expect(program.startsWith(open)).toBe(true);
    expect(statSync(program).mode & 0o555).toBe(0o555);
    expect(statSync(original).mode & 0o777).toBe(0o700);
  });

  it('keep their libraries and links beside them', () => {
    const programs = reachablePrograms(path.join(closed, 'native', 'bin'), path.join(open, 'postgres'), stranger);
    expect(programs).toBe(path.join(open, 'postgres', 'bin'));
    expect(readFileSync(path.join(programs, '..', 'lib', 'libx.so'), 'utf8')).toBe('library');
    expect(readlinkSync(path.join(programs, '..', 'lib', 'libx.so'))).toBe('libx.so.1');
  });
});
