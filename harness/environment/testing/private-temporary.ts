/** A temporary folder of a test's own as TMPDIR, so that systems of other runs on this machine are out of sight. */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface PrivateTemporary {
  folder: string;
  /** Sets TMPDIR back and removes the folder. */
  leave(): void;
}

export function enterPrivateTemporary(): PrivateTemporary {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'signoff-test-'));
  chmodSync(folder, 0o755); // the servers' user passes through
  process.env.TMPDIR = folder;
  const leave = (): void => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true });
  };
  return { folder, leave };
}
