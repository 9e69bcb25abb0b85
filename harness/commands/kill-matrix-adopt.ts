/** Gives a stored run that knew of no kill matrix the one that was made since, of the very sources that the run was made with. */
import { readRecord, type RunFolder, writeRecord } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { matrixOf } from './kill-matrix-folder.ts';

/** A run that has one keeps it, so that it is judged the same for ever. The folder is to be sealed again afterwards. */
export async function adoptMatrix(context: Pick<CommandContext, 'root' | 'err'>, run: RunFolder): Promise<void> {
  const record = await readRecord(run);
  const { killMatrix } = record;
  if (killMatrix === undefined || killMatrix.matrix !== null) return;
  const complain = (message: string) => context.err(`signoff: ${message}\n`);
  const found = await matrixOf(context, killMatrix.fingerprint, complain);
  if (found.matrix === null) return;
  await writeRecord(run, { ...record, killMatrix: { fingerprint: killMatrix.fingerprint, ...found } });
}
