/** Makes a program usable by the servers' user when it lies in a folder that only we may enter, such as /root/.cache. */
import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { isReachable, type ServerUser } from '../processes/server-user.ts';

const READABLE_BY_ALL = 0o444;
const EXECUTABLE_BY_ALL = 0o111;

/** The program itself, or a link to it (a copy where links are impossible) in `folder`. */
export function reachableProgram(program: string, folder: string, user: ServerUser | null): string {
  if (user === null || isReachable(program, user)) return program;
  makeOpenFolder(folder);
  const target = path.join(folder, path.basename(program));
  placeFile(program, target);
  return target;
}

/** The same for a folder of programs that find their libraries beside it (`../lib`, `../share`), as Postgres' do. */
export function reachablePrograms(programs: string, folder: string, user: ServerUser | null): string {
  const samples = readdirSync(programs).map((name) => path.join(programs, name));
  if (user === null || samples.every((program) => isReachable(program, user))) return programs;
  placeTree(path.dirname(programs), folder);
  return path.join(folder, path.basename(programs));
}

/** Whatever our umask says. */
function makeOpenFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}

function placeTree(source: string, target: string): void {
  makeOpenFolder(target);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [path.join(source, entry.name), path.join(target, entry.name)];
    if (entry.isDirectory()) placeTree(from, to);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else placeFile(from, to);
  }
}

/** A hard link costs nothing, but shares its permissions and cannot leave its file system. */
function placeFile(source: string, target: string): void {
  const { mode } = statSync(source);
  const wanted = mode | READABLE_BY_ALL | ((mode & 0o100) === 0 ? 0 : EXECUTABLE_BY_ALL);
  if ((mode & 0o777) === (wanted & 0o777) && tryLink(source, target)) return;
  copyFileSync(source, target, constants.COPYFILE_FICLONE);
  chmodSync(target, wanted & 0o777);
}

function tryLink(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EXDEV' || error.code === 'EPERM')) return false;
    throw error;
  }
}
