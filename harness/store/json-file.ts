/** JSON files of a run folder: read by their schema, written whole or not at all, and complaints that say what to do. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { SignoffError } from '../model/errors.ts';

const versionSchema = z.looseObject({ schemaVersion: z.number() });

export async function readJson<T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SignoffError('BAD_RUN_FOLDER', `${file} cannot be read`, { cause: error });
  });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new SignoffError('BAD_RUN_FOLDER', `${file} is not JSON (${text.length} characters); it may be truncated`, {
      cause: error,
    });
  }
  const versioned = versionSchema.safeParse(data);
  if (versioned.success && versioned.data.schemaVersion > 1) {
    throw new SignoffError(
      'NEWER_SCHEMA',
      `${file} has schema version ${versioned.data.schemaVersion}; this signoff reads version 1`,
    );
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new SignoffError('BAD_RUN_FOLDER', `${file}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

export async function writeJson(file: string, data: unknown): Promise<void> {
  await writeAtomically(file, `${JSON.stringify(data, null, 2)}\n`);
}

export async function writeAtomically(file: string, text: string): Promise<void> {
  const partial = `${file}.partial`;
  try {
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (error) {
    throw spaceError(file, error);
  }
}

export async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw spaceError(directory, error);
  });
}

function spaceError(file: string, error: unknown): SignoffError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new SignoffError('NO_SPACE', `no space left to write ${file}`, { cause: error });
  if (['EACCES', 'EROFS', 'ENOTDIR', 'EEXIST', 'EPERM'].includes(code)) {
    return new SignoffError('BAD_ARGUMENT', `${file} cannot be written (${code})`, {
      cause: error,
      hint: 'Name a folder that can be written with --out.',
    });
  }
  return new SignoffError('INTERNAL', `writing ${file} failed`, { cause: error });
}
