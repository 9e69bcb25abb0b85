/** The tree of secrets: a folder for each reader below one directory, a file for each secret. */
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigurationError } from '../configuration/read-configuration.ts';

export interface SecretTree {
  /** What the file says; null where there is none. */
  read(name: string): string | null;
  /** Throws a ConfigurationError where there is none; `maker` is the command that makes it. */
  require(name: string, maker: 'secrets' | 'vault'): string;
  /** Returns whether anything changed. A reader sees the old content or the new one, never a part. */
  write(name: string, content: string): boolean;
  /** Throws a ConfigurationError unless files can be made in this folder. */
  requireWritable(folder: string): void;
  path(name: string): string;
}

const privateFolder = 0o700;

export function openSecretTree(root: string): SecretTree {
  // Other programs are told where a file is, and may start elsewhere.
  const directory = resolve(root);
  const path = (name: string): string => join(directory, name);
  const orComplain = <T>(name: string, action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw new ConfigurationError([`${path(name)}: ${error instanceof Error ? error.message : String(error)}`]);
    }
  };
  const read = (name: string): string | null =>
    orComplain(name, () => {
      try {
        return readFileSync(path(name), 'utf8').trim();
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    });
  return {
    path,
    read,
    require(name, maker) {
      const secret = read(name);
      if (secret !== null && secret !== '') return secret;
      throw new ConfigurationError([`${path(name)} is not there: \`provision ${maker}\` makes it`]);
    },
    write(name, content) {
      if (read(name) === content.trim()) return false;
      orComplain(name, () => {
        makeFolder(dirname(path(name)), directory);
        placeFile(path(name), content);
      });
      return true;
    },
    requireWritable(folder) {
      orComplain(folder, () => {
        makeFolder(path(folder), directory);
        accessSync(path(folder), constants.W_OK);
      });
    },
  };
}

/** A new folder is open to whoever the folder above it is open to; the topmost one to its owner alone. */
function makeFolder(folder: string, topmost: string): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  if (folder === topmost) {
    mkdirSync(folder, { recursive: true, mode: privateFolder });
    return;
  }
  makeFolder(dirname(folder), topmost);
  const above = statSync(dirname(folder));
  mkdirSync(folder);
  chmodSync(folder, above.mode & 0o777);
  adopt(folder, above);
}

/** Whoever may enter the folder may read the file: in a volume of its own every user of a container, else the owner alone. */
function placeFile(file: string, content: string): void {
  const folder = statSync(dirname(file));
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  chmodSync(draft, 0o600 | (folder.mode & 0o044));
  adopt(draft, folder);
  renameSync(draft, file);
}

/** What root makes belongs to whoever owns the folder that it is in. */
function adopt(path: string, folder: Stats): void {
  if (process.getuid?.() === 0) chownSync(path, folder.uid, folder.gid);
}
