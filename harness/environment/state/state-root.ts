/** The folder that holds the private folders of all systems of this user: `<tmp>/signoff-<uid>`. */
import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SignoffError } from '../../model/errors.ts';
import { chooseServerUser, isReachable } from '../processes/server-user.ts';

/** Where the servers cannot go although we can (a TMPDIR below /root), the system's own folder is taken. */
const SYSTEM_TEMPORARY = '/tmp';

/** TMPDIR is honoured. The folder need not exist yet. */
export function stateRootPath(): string {
  const wanted = realpathSync(os.tmpdir());
  const base = isReachable(wanted, chooseServerUser()) ? wanted : SYSTEM_TEMPORARY;
  return path.join(base, `signoff-${process.getuid?.() ?? 0}`);
}

/** Makes the folder where needed. A folder of that name that is not ours could be a trap in a shared /tmp: refused. */
export function requireStateRoot(): string {
  const root = stateRootPath();
  // When we are root, servers pass through as another user: they may enter, and list nothing.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  if (mkdirSync(root, { recursive: true }) !== undefined) chmodSync(root, mode);
  const stat = lstatSync(root);
  if (!stat.isDirectory() || stat.uid !== (process.getuid?.() ?? stat.uid) || (stat.mode & 0o022) !== 0) {
    throw new SignoffError('ENVIRONMENT_REFUSED', `${root} is not a folder that only this user can write to`, {
      hint: `Remove it, or point TMPDIR at another folder.`,
    });
  }
  return root;
}
