/** The root of all private folders lies where TMPDIR says and belongs to us alone. */
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterPrivateTemporary, type PrivateTemporary } from '../testing/private-temporary.ts';
import { requireStateRoot, stateRootPath } from './state-root.ts';

let temporary: PrivateTemporary;

beforeEach(() => {
  temporary = enterPrivateTemporary();
});

afterEach(() => {
  temporary.leave();
});

describe('state root', () => {
  it('honours TMPDIR', () => {
    expect(path.dirname(requireStateRoot())).toBe(temporary.folder);
  });

  it('refuses a folder that others can write to', () => {
    mkdirSync(stateRootPath());
    chmodSync(stateRootPath(), 0o777);
    expect(() => requireStateRoot()).toThrow(/only this user can write to/);
  });

  it('refuses a link that somebody else may have laid', () => {
    symlinkSync('/', stateRootPath());
    expect(() => requireStateRoot()).toThrow(/only this user can write to/);
  });
});
