/** The unprivileged user that servers run as when we are root: Postgres refuses root, and no server needs it. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { SignoffError } from '../../model/errors.ts';

export interface ServerUser {
  uid: number;
  gid: number;
}

/** `nobody`, the one account without rights that every system has; initdb wants an account by that number. */
const NOBODY = 65534;

/** null: we are not root, servers run as ourselves. */
export function chooseServerUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = process.platform === 'linux' ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  const hasAccount = accounts.some((line) => line.split(':')[2] === String(NOBODY));
  if (process.platform === 'linux' && !hasAccount) {
    throw new SignoffError(
      'ENVIRONMENT_REFUSED',
      `started as root, but no account has uid ${NOBODY} (nobody), which the servers run as`,
      {
        hint: `Add it (useradd --system --uid ${NOBODY} --no-create-home nobody), or start signoff as an ordinary user.`,
      },
    );
  }
  return { uid: NOBODY, gid: NOBODY };
}

const READ_AND_EXECUTE = { folder: 0o5, file: 0o4, program: 0o5 };

/** Whether `user` may enter every folder above `target` and read (and, if it is executable, run) it. */
export function isReachable(target: string, user: ServerUser | null): boolean {
  if (user === null) return true;
  const place = realpathSync(target);
  for (let folder = path.dirname(place); ; folder = path.dirname(folder)) {
    if (!mayUse(folder, user, 0o1)) return false;
    if (folder === path.dirname(folder)) break;
  }
  const stat = statSync(place);
  if (stat.isDirectory()) return mayUse(place, user, READ_AND_EXECUTE.folder);
  return mayUse(place, user, (stat.mode & 0o100) === 0 ? READ_AND_EXECUTE.file : READ_AND_EXECUTE.program);
}

function mayUse(target: string, user: ServerUser, bits: number): boolean {
  const stat = statSync(target);
  const shift = stat.uid === user.uid ? 6 : stat.gid === user.gid ? 3 : 0;
  return ((stat.mode >> shift) & bits) === bits;
}
