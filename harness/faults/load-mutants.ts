/** Loads mutants, one a file: every file of the given folders, read, checked and sorted, all problems told together. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { SignoffError } from '../model/errors.ts';
import { type Mutant, mutantLayers, mutantSchema } from '../model/mutant.ts';

/** Those that come with signoff. */
export const mutantsDirectory = path.join(import.meta.dirname, 'mutants');

/** `file`: where it stands, for messages. */
export type LoadedMutant = Mutant & { file: string };

const endings = '.ts, .js, .mjs or .json';
const isMutantFile = (name: string): boolean => /\.(ts|js|mjs|json)$/.test(name) && !/\.(test|d)\.ts$/.test(name);

/**
 * Whatever lies in the folders and below, and files that are named themselves, by layer and id. BAD_ARGUMENT names every file that is no mutant, every id that two
 * have, and every folder that holds none or is not there: nothing that somebody meant to be tried is passed over.
 */
export async function loadMutants(directories: readonly string[]): Promise<LoadedMutant[]> {
  const problems: string[] = [];
  const mutants: LoadedMutant[] = [];
  for (const directory of directories) {
    const files = await listFiles(directory, problems);
    for (const file of files) {
      const mutant = await loadFile(file, problems);
      if (mutant !== null) mutants.push(mutant);
    }
  }
  problems.push(...takenTwice(mutants));
  if (problems.length > 0) {
    throw new SignoffError('BAD_ARGUMENT', `mutants that cannot be used:\n${problems.map(indent).join('\n')}`, {
      hint: 'harness/faults/mutants/README.md says what a mutant looks like.',
    });
  }
  return mutants.sort((a, b) => layerOf(a) - layerOf(b) || (a.id < b.id ? -1 : 1));
}

const indent = (line: string): string => `  ${line}`;
const layerOf = ({ layer }: Mutant): number => mutantLayers.indexOf(layer);
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function listFiles(directory: string, problems: string[]): Promise<string[]> {
  const kind = await kindOf(directory);
  if (kind === 'missing') problems.push(`${directory}: there is no such folder or file`);
  if (kind === 'missing') return [];
  try {
    const names = kind === 'file' ? [''] : await readdir(directory, { recursive: true });
    const files = names.map((name) => path.join(directory, name)).filter(isMutantFile);
    if (files.length === 0) problems.push(`${directory}: ${kind === 'file' ? 'is' : 'holds'} no mutant (${endings})`);
    return files;
  } catch (error) {
    problems.push(`${directory}: cannot be read: ${reason(error)}`);
    return [];
  }
}

async function kindOf(place: string): Promise<'file' | 'folder' | 'missing'> {
  const found = await stat(place).catch(() => null);
  if (found === null) return 'missing';
  return found.isFile() ? 'file' : 'folder';
}

async function loadFile(file: string, problems: string[]): Promise<LoadedMutant | null> {
  let content: unknown;
  try {
    content = await readContent(file);
  } catch (error) {
    problems.push(`${file}: cannot be read: ${reason(error)}`);
    return null;
  }
  const parsed = mutantSchema.safeParse(content);
  if (parsed.success) return { ...parsed.data, file };
  problems.push(
    ...parsed.error.issues.map((issue) => `${file}: ${issue.path.join('.') || 'the mutant'}: ${issue.message}`),
  );
  return null;
}

const moduleSchema = z.object({ default: z.unknown().optional() });

/** A module's default export, or the document of a JSON file. */
async function readContent(file: string): Promise<unknown> {
  if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8'));
  const loaded = moduleSchema.parse(await import(pathToFileURL(path.resolve(file)).href));
  if (loaded.default === undefined) throw new Error('it has no default export');
  return loaded.default;
}

function takenTwice(mutants: readonly LoadedMutant[]): string[] {
  const first = new Map<string, string>();
  return mutants.flatMap(({ id, file }) => {
    const other = first.get(id);
    if (other === undefined) first.set(id, file);
    return other === undefined ? [] : [`${file}: the id ${id} is that of ${other} too`];
  });
}
