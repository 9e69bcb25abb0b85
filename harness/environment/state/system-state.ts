/** state.json of a system's private folder: who started it and which processes belong to it, so that any later run can end them. */
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SignoffError } from '../../model/errors.ts';

// Unknown keys are let be: what another version of this program left behind must be found and ended too.
const identitySchema = z.object({ pid: z.int().positive(), startTime: z.string() });

const processRecordSchema = identitySchema.extend({
  name: z.string().describe('postgres, redis, vault, service:ARM, or a command such as seed'),
  kind: z.enum(['postgres', 'redis', 'vault', 'service', 'command']),
  logFile: z.string(),
});
export type ProcessRecord = z.infer<typeof processRecordSchema>;

const systemStateSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  harness: identitySchema,
  keep: z.boolean(),
  processNamespace: z.string().describe('Pids of another container mean nothing here.'),
  onEngine: z.boolean().default(false).describe('Its servers are containers, found by the label of its id.'),
  processes: z
    .array(processRecordSchema)
    .describe('Those that are meant to run; one that is stopped leaves the list first.'),
});
export type SystemState = z.infer<typeof systemStateSchema>;

export const stateFile = (folder: string): string => path.join(folder, 'state.json');
export const systemFile = (folder: string): string => path.join(folder, 'system.json');

/** null when the folder has no state that we could have written. */
export function readState(folder: string): SystemState | null {
  return readJson(stateFile(folder), systemStateSchema);
}

/** The parsed file; null when it is not there or is not what it should be. */
export function readJson<T extends z.ZodType>(file: string, schema: T): z.infer<T> | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null; // gone, or of another user
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null; // written by another version, or by someone else
  }
}

/** Readable by us alone, and whole at every moment: written beside, then renamed. Throws NO_SPACE on a full disk. */
export function writeJson(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    throw new SignoffError('NO_SPACE', `no space left to write ${file}`, { cause: error });
  }
  renameSync(draft, file);
}

const stoppingFile = (folder: string): string => path.join(folder, 'stopping');

/** From now on an ending process has not died. An empty file, because it can be made on a full disk too. */
export function markStopping(folder: string): void {
  if (existsSync(folder)) closeSync(openSync(stoppingFile(folder), 'w', 0o600));
}

/** Whether someone is stopping the system, or has stopped and removed it. */
export function isStopping(folder: string): boolean {
  return !existsSync(stateFile(folder)) || existsSync(stoppingFile(folder));
}

const releasedFile = (folder: string): string => path.join(folder, 'released');

/** Its maker has ended on purpose and left it running. */
export function markReleased(folder: string): void {
  closeSync(openSync(releasedFile(folder), 'w', 0o600));
}

export function isReleased(folder: string): boolean {
  return existsSync(releasedFile(folder));
}

/** The PID namespace of this process; the same text everywhere where the system has only one. */
export function processNamespace(): string {
  if (process.platform !== 'linux') return 'single';
  return readlinkSync('/proc/self/ns/pid');
}
