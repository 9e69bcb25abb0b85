/** Where kill matrices lie: one for each `mutate` below reports/, and a committed one; and which of them a run goes by. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { flawsOf, type KillMatrix, killMatrixSchema, type RecordedKillMatrix } from '../model/kill-matrix.ts';
import type { CommandContext } from './command-context.ts';
import { killMatrixFingerprint } from './kill-matrix-fingerprint.ts';
import { writeWhole } from './write-whole.ts';

/** All that is needed of a command's outside world. */
type Place = Pick<CommandContext, 'root'>;

/** Below reports/, beside the run folders. */
export const matricesName = 'mutate';
const matricesOf = ({ root }: Place) => path.join(root, 'reports', matricesName);
const fileName = 'kill-matrix.json';
export const committedMatrixName = path.join('docs', fileName);

/** A folder of its own for a matrix that is begun now, where later runs look for it. */
export function newMatrixFolder(context: Place, startedAt: string): string {
  return path.join(matricesOf(context), startedAt.replaceAll(/[-:]|\.\d+/g, ''));
}

export async function writeMatrix(folder: string, matrix: KillMatrix): Promise<string> {
  const file = path.join(folder, fileName);
  await writeWhole(file, matrixText(matrix));
  return file;
}

export async function commitMatrix({ root }: Place, matrix: KillMatrix): Promise<string> {
  const file = path.join(root, committedMatrixName);
  await writeWhole(file, matrixText(matrix));
  return file;
}

/** A line for each probe and each mutant, so that a change of one is a change of one line. */
export function matrixText(matrix: KillMatrix): string {
  const { probes, mutants, ...about } = killMatrixSchema.parse(matrix);
  const lines = (rows: readonly unknown[]) => rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const list = (name: string, rows: readonly unknown[]) =>
    `  "${name}": [${rows.length === 0 ? '' : `\n${lines(rows)}\n  `}]`;
  const head = JSON.stringify(about, null, 2).replace(/\n\}$/, ',');
  return `${head}\n${list('probes', probes)},\n${list('mutants', mutants)}\n}\n`;
}

/**
 * What a run takes along: the fingerprint of the sources as they are, and the matrix to go by, if there is one of these sources.
 * `complain` is told of a file that cannot be read: it may be of a later version, and must not stop a run.
 */
export async function knownMatrix(context: Place, complain: (message: string) => void): Promise<RecordedKillMatrix> {
  const fingerprint = await killMatrixFingerprint(context.root);
  return { fingerprint, ...(await matrixOf(context, fingerprint, complain)) };
}

/** Of sources that have this fingerprint. */
export async function matrixOf(
  context: Place,
  fingerprint: string,
  complain: (message: string) => void,
): Promise<Omit<RecordedKillMatrix, 'fingerprint'>> {
  const folder = matricesOf(context);
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') complain(`${folder} cannot be read: ${error.message}`);
    return [];
  });
  const files = entries
    .sort()
    .reverse()
    .map((entry) => path.join(folder, entry, fileName));
  const here = (await Promise.all(files.map((file) => readMatrix(file, complain)))).filter((one) => one !== null);
  const committed = await readMatrix(path.join(context.root, committedMatrixName), complain);
  const isOfThese = (matrix: KillMatrix | null) => matrix?.fingerprint === fingerprint;
  return chooseMatrix(here.filter(isOfThese), isOfThese(committed) ? committed : null);
}

/**
 * The newest of this machine that tried every mutant, else the committed one. A later one of some mutants only is taken where it
 * shows a flaw that no still later one has shown to be gone, and where there is no other. `here`: newest first.
 */
export function chooseMatrix(
  here: readonly KillMatrix[],
  committed: KillMatrix | null,
): Omit<RecordedKillMatrix, 'fingerprint'> {
  const settled = new Set<string>();
  let intactSettled = false;
  for (const matrix of here) {
    const { unsound, survived, notApplied, notTried } = flawsOf(matrix);
    const open = [...survived, ...notApplied].filter((id) => !settled.has(id));
    const isFlawed = open.length > 0 || (unsound.length > 0 && !intactSettled);
    if (isFlawed || notTried.length === 0) return { from: 'this machine', matrix };
    for (const { id } of matrix.mutants) settled.add(id);
    intactSettled ||= matrix.mutants.length > 0;
  }
  if (committed !== null) return { from: 'the repository', matrix: committed };
  const [newest] = here;
  return newest === undefined ? { from: null, matrix: null } : { from: 'this machine', matrix: newest };
}

/** null where there is none, because it was interrupted before anything was known, or goes on. */
async function readMatrix(file: string, complain: (message: string) => void): Promise<KillMatrix | null> {
  try {
    return killMatrixSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    complain(`${file} is not a kill matrix that can be read: ${reason}`);
    return null;
  }
}
