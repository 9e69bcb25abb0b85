/** What `mutate` is asked for: its flags, checked before anything starts. */
import path from 'node:path';
import { Option, type Command } from 'commander';
import { loadMutants, type LoadedMutant, mutantsDirectory } from '../faults/load-mutants.ts';
import { SignoffError } from '../model/errors.ts';
import { mutantLayers, type MutantLayer } from '../model/mutant.ts';
import type { CommandContext } from './command-context.ts';
import { nearestNames } from '../model/closest-name.ts';
import { addSystemFlags, readSystemRequest, type SystemRequest } from './run-request.ts';
import { oneOf, type Flags } from './verb.ts';

/** A stranger, an owner and others, and so few rows that a suite of probes takes a second or two. */
const DEFAULT_TENANTS = 6;
const DEFAULT_ROWS_PER_TENANT = 200;

const mostSuggested = 5;

export interface MutateRequest extends SystemRequest {
  tenants: number;
  mutants: LoadedMutant[];
  /** Ids of mutants that were not asked for. */
  leftOut: string[];
  /** Whether the matrix becomes the committed one. */
  save: boolean;
  /** null: where later runs look for it. */
  out: string | null;
  json: boolean;
}

export function addMutateFlags(command: Command): void {
  command
    .addOption(
      new Option('--layer <layers...>', `only mutants of these layers: ${mutantLayers.join(', ')}`).argParser(addLayer),
    )
    .option('--only <ids...>', 'only these mutants')
    .option('--list', 'say which mutants there are, of what layer and what each is; nothing is started')
    .option('--mutants <paths...>', 'further mutants: files, or folders of them (harness/faults/mutants/README.md)')
    .option('--save', 'write docs/kill-matrix.json too, which runs on other machines go by; for all mutants only')
    .option(
      '--out <dir>',
      'folder to write; must not exist yet (default: reports/mutate/<UTC time>, and only those there are part of later reports)',
    );
  addSystemFlags(command, { tenants: String(DEFAULT_TENANTS), rowsPerTenant: DEFAULT_ROWS_PER_TENANT });
}

const readLayer = oneOf(mutantLayers);

function addLayer(text: string, before: MutantLayer[] | undefined): MutantLayer[] {
  return [...(before ?? []), ...text.split(',').map(readLayer)];
}

export async function readMutateRequest(context: CommandContext, flags: Flags): Promise<MutateRequest> {
  const directories = furtherPlaces(context, flags);
  const all = await loadMutants([mutantsDirectory, ...directories]);
  const chosen = chooseMutants(all, flags);
  const save = flags['save'] === true;
  if (save && (chosen.leftOut.length > 0 || directories.length > 0)) {
    throw new SignoffError('BAD_ARGUMENT', '--save is for the mutants that come with signoff, all of them', {
      hint: 'Leave out --layer, --only and --mutants.',
    });
  }
  const out = flags['out'] as string | undefined;
  return {
    ...readSystemRequest({ ...flags, rowsPerTenant: flags['rowsPerTenant'] ?? DEFAULT_ROWS_PER_TENANT }),
    tenants: (flags['tenants'] as number | undefined) ?? DEFAULT_TENANTS,
    ...chosen,
    save,
    out: out === undefined ? null : path.resolve(context.workingDirectory, out),
    json: flags['json'] === true,
  };
}

const furtherPlaces = ({ workingDirectory }: CommandContext, flags: Flags): string[] =>
  ((flags['mutants'] as string[] | undefined) ?? []).map((place) => path.resolve(workingDirectory, place));

/** Those that the flags name, of those that come with signoff and of further ones. */
export async function readMutants(context: CommandContext, flags: Flags): Promise<LoadedMutant[]> {
  return chooseMutants(await loadMutants([mutantsDirectory, ...furtherPlaces(context, flags)]), flags).mutants;
}

/** Ids as they were given, each of which may be several with commas between; nothing named: all. */
export function chooseMutants<T extends { id: string; layer: MutantLayer }>(
  all: readonly T[],
  flags: Flags,
): { mutants: T[]; leftOut: string[] } {
  const ids = ((flags['only'] as string[] | undefined) ?? [])
    .flatMap((text) => text.split(','))
    .filter((id) => id !== '');
  const layers = flags['layer'] as MutantLayer[] | undefined;
  const unknown = ids.filter((id) => !all.some((mutant) => mutant.id === id));
  if (unknown.length > 0) {
    const known = all.map(({ id }) => id);
    const near = [...new Set(unknown.flatMap((id) => nearestNames(id, known, mostSuggested)))];
    throw new SignoffError(
      'BAD_ARGUMENT',
      `--only ${unknown.join(',')}: there is no such mutant${near.length === 0 ? '' : `; near it are ${near.join(', ')}`}`,
      { hint: '`signoff mutate --list` names every mutant, with its layer and what it is.' },
    );
  }
  const isWanted = ({ id, layer }: T) => (ids.length === 0 || ids.includes(id)) && (layers?.includes(layer) ?? true);
  const mutants = all.filter(isWanted);
  if (mutants.length === 0) throw new SignoffError('BAD_ARGUMENT', 'no mutant is of that name and of that layer');
  return { mutants, leftOut: all.filter((mutant) => !isWanted(mutant)).map(({ id }) => id) };
}
