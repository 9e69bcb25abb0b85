/** Plants a mutant in Postgres, Redis or Vault by the server's own admin interface, and takes it out again. */
import type { Manifest } from '../model/manifest.ts';
import { SignoffError } from '../model/errors.ts';
import type { Mutant } from '../model/mutant.ts';
import type { System } from '../model/system.ts';
import { applyStatements } from './apply-statements.ts';
import { askVault } from './ask-vault.ts';
import { expandCommand, expandRequest, expandStatement } from './expand-mutant.ts';
import { compareStates, readLayerState, type ServerLayer } from './security-state.ts';
import { withRedisAdmin } from './with-redis-admin.ts';

/** `file`: where it stands, for messages. */
export type ServerMutant = Extract<Mutant, { layer: ServerLayer }> & { file?: string };

export interface AppliedMutant {
  /** Throws when the server's rights are not the ones of before: then the system is no longer intact. */
  revert(): Promise<void>;
}

interface Place {
  system: System;
  manifest: Manifest;
}

/** A statement that waits behind a long transaction gives up before whoever waits for it does. */
const lockTimeout = "set local lock_timeout = '10s'";

/**
 * Throws where the server refuses the change or is the same after it, and has then brought back what was. What it is the same
 * in, is the state that security-state.ts reads.
 */
export async function applyMutant(mutant: ServerMutant, place: Place): Promise<AppliedMutant> {
  const readState = () => readLayerState[mutant.layer](place.system);
  const before = await readState();
  const revert = async (): Promise<void> => {
    await change(mutant, 'revert', place).catch((error: unknown) => {
      throw failure(mutant, `could not be taken out: ${reasonOf(error)}`, error);
    });
    const difference = compareStates(before, await readState());
    if (difference.length === 0) return;
    throw failure(mutant, `was taken out, but ${mutant.layer} is not as it was:\n${difference.join('\n')}`);
  };
  try {
    await change(mutant, 'apply', place);
    if ((await readState()) === before) throw new Error(`nothing has changed in ${mutant.layer}`);
  } catch (error) {
    const refused = failure(mutant, `was not applied: ${reasonOf(error)}`, error);
    // Postgres changes all or nothing; of several commands to the others, some may have been taken.
    if ((await readState()) !== before) await revert();
    throw refused;
  }
  return { revert };
}

async function change(mutant: ServerMutant, direction: 'apply' | 'revert', { system, manifest }: Place): Promise<void> {
  const ids = manifest.tenants.map(({ id }) => id);
  if (mutant.layer === 'postgres') {
    const statements = mutant[direction].flatMap((statement) => expandStatement(statement, ids));
    return applyStatements(system, [lockTimeout, ...statements]);
  }
  if (mutant.layer === 'redis') {
    const commands = mutant[direction].flatMap((words) => expandCommand(words, ids));
    return sendCommands(system, commands);
  }
  for (const request of mutant[direction].flatMap((one) => expandRequest(one, ids))) await askVault(system, request);
}

async function sendCommands(system: System, commands: readonly string[][]): Promise<void> {
  await withRedisAdmin(system, async (client) => {
    for (const [name = '', ...words] of commands) await client.call(name, ...words);
  });
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a mutant does and how it is undone stands in its file: whoever wrote that can mend it. */
function failure({ id, file }: ServerMutant, what: string, cause?: unknown): SignoffError {
  return new SignoffError('BAD_ARGUMENT', `the mutant ${id}${file === undefined ? '' : ` (${file})`} ${what}`, {
    hint: 'Correct the file of that mutant: its `apply` and `revert` do not fit each other, or not this system.',
    ...(cause === undefined ? {} : { cause }),
  });
}
