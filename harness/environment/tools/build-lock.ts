/** One build at a time on a machine: a lock file with its owner's identity; a dead owner's lock is taken over. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { interruption } from '../processes/interruption.ts';
import { identifySelf, isRunning, type ProcessIdentity } from '../processes/process-identity.ts';

const ownerSchema = z.object({ pid: z.int().positive(), startTime: z.string() });

export interface LockOptions {
  file: string;
  signal: AbortSignal;
  /** Called once, when another process is found to hold the lock. */
  onWait: (owner: ProcessIdentity) => void;
}

const LOOK_EVERY_MS = 300;

/**
 * Runs `action` while holding the lock. Two processes that find the same dead owner at the same moment may both get in;
 * each builds into a folder of its own and moves it into place in one step, so that costs time and never correctness.
 */
export async function withBuildLock<T>({ file, signal, onWait }: LockOptions, action: () => Promise<T>): Promise<T> {
  const self = identifySelf();
  mkdirSync(path.dirname(file), { recursive: true });
  for (let told = false; !take(file, self);) {
    if (signal.aborted) throw interruption(signal, `waiting for ${file}`);
    const owner = readOwner(file);
    if (owner === null || !isRunning(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) onWait(owner);
    told = true;
    await pause(LOOK_EVERY_MS);
  }
  try {
    return await action();
  } finally {
    if (readOwner(file)?.startTime === self.startTime) rmSync(file, { force: true });
  }
}

function take(file: string, self: ProcessIdentity): boolean {
  // Written first, then linked into place: nobody ever reads half of it.
  const draft = `${file}.${self.pid}`;
  writeFileSync(draft, JSON.stringify(self));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** null when the file is gone or was not written by us. */
function readOwner(file: string): ProcessIdentity | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
