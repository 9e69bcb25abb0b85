/** A file of what a REF names, as it lies there: of a revision or a folder; a service that was named by its URL shows none. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { classifyRef, type RefPlaces } from './classify-ref.ts';
import { readRevisionFile } from './git-revision.ts';

export type RefFile = { kind: 'text'; text: string } | { kind: 'none' } | { kind: 'url' };

/** `file`: from its top folder. Rejects with BAD_ARGUMENT where the ref names no build. */
export async function readRefFile(ref: string, file: string, places: RefPlaces): Promise<RefFile> {
  const classified = await classifyRef(ref, places);
  if (classified.kind === 'url') return { kind: 'url' };
  const text =
    classified.kind === 'revision'
      ? await readRevisionFile(places.root, classified.commit, file)
      : await readFolderFile(path.join(classified.folder, file));
  return text === null ? { kind: 'none' } : { kind: 'text', text };
}

async function readFolderFile(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
