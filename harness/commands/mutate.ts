/** `signoff mutate`: plants every mutant, and shows by which probe it is noticed: the kill matrix, without which green probes prove nothing. */
import type { EnvironmentKind } from '../model/environment.ts';
import { fingerprint } from '../environment/fingerprint.ts';
import { SignoffError } from '../model/errors.ts';
import { exitCode } from '../model/exit-codes.ts';
import { type KillMatrix, matrixVerdict, type TriedMutant, type TriedProbe } from '../model/kill-matrix.ts';
import type { RunningSystem } from '../environment/environment-driver.ts';
import type { CommandContext } from './command-context.ts';
import { commitMatrix, newMatrixFolder, writeMatrix } from './kill-matrix-folder.ts';
import { killMatrixFingerprint } from './kill-matrix-fingerprint.ts';
import { mutateJson } from './mutate-json.ts';
import { listedLine, matrixLines, mutantLine } from './mutate-lines.ts';
import { addMutateFlags, type MutateRequest, readMutants, readMutateRequest } from './mutate-request.ts';
import { refuseExistingFolder } from './new-run.ts';
import { createPhaseClock } from './phases.ts';
import { prepareSystem, type PreparedSystem } from './prepare-system.ts';
import { createReporter } from './reporter.ts';
import { runMutants } from './run-mutants.ts';
import type { Flags, Verb } from './verb.ts';

export const mutateVerb: Verb = {
  name: 'mutate',
  summary:
    'Plant every mutant, a small real defect of the isolation, one after the other, and see by which probe it is noticed. Exit 1 when one is not: then green probes prove nothing, and no run of these sources passes SEC-ISO.',
  configure: addMutateFlags,
  run: async (context, flags) => {
    if (flags['list'] === true) return await listMutants(context, flags);
    const request = await readMutateRequest(context, flags);
    await refuseExistingFolder(request.out);
    const { matrix, file } = await runMutate(context, request);
    const verdict = matrixVerdict(matrix);
    const saved = request.save ? await save(context, matrix) : null;
    if (request.json) context.out(`${JSON.stringify(mutateJson(matrix, exitCode(verdict)), null, 2)}\n`);
    else context.out(matrixLines(context, matrix, [file, ...(saved === null ? [] : [saved])]));
    return exitCode(verdict);
  },
};

/** Nothing is started. */
async function listMutants(context: CommandContext, flags: Flags): Promise<number> {
  const mutants = await readMutants(context, flags);
  if (flags['json'] === true) {
    const list = mutants.map(({ id, layer, title, claim, file }) => ({ id, layer, title, claim, file }));
    context.out(`${JSON.stringify(list, null, 2)}\n`);
  } else context.out(mutants.map(listedLine).join(''));
  return exitCode('pass');
}

/** One with a flaw would make every run inconclusive everywhere. */
async function save(context: CommandContext, matrix: KillMatrix): Promise<string | null> {
  if (matrixVerdict(matrix) === 'pass' && matrix.notTried.length === 0) return await commitMatrix(context, matrix);
  context.err('signoff: the matrix is not saved as the committed one: not every mutant was seen\n');
  return null;
}

/** Everything is stopped at the end, and what is known is stored after each mutant: an interruption leaves that. */
async function runMutate(
  context: CommandContext,
  request: MutateRequest,
): Promise<{ matrix: KillMatrix; file: string }> {
  const startedAtMs = context.elapsed();
  const startedAt = context.now().toISOString();
  const folder = request.out ?? newMatrixFolder(context, startedAt);
  const reporter = createReporter(context);
  const { progress } = reporter;
  const clock = createPhaseClock(context);
  const prepared = await prepareSystem({
    request: { ...request, keep: false },
    clock,
    progress,
    signal: context.signal,
  });
  try {
    const about = { ...(await describe(context, prepared)), startedAt };
    let probes: TriedProbe[] = [];
    const mutants: TriedMutant[] = [];
    const known = (): KillMatrix => {
      const tried = new Set(mutants.map(({ id }) => id));
      const open = request.mutants.map(({ id }) => id).filter((id) => !tried.has(id));
      const wallMs = Math.round(context.elapsed() - startedAtMs);
      return { ...about, wallMs, notTried: [...request.leftOut, ...open], probes, mutants: [...mutants] };
    };
    // Two may end in the same moment: one writing after the other, each of all that is known by then.
    let stored: Promise<unknown> = Promise.resolve();
    const store = (): Promise<unknown> => (stored = stored.then(() => writeMatrix(folder, known())));
    await runMutants({
      ...{ root: context.root, prepared, mutants: request.mutants, progress },
      signal: abortOnServerDeath(prepared.running, context.signal),
      elapsed: () => context.elapsed(),
      onIntact: async (seen) => {
        probes = seen;
        await store();
      },
      onTried: async (mutant) => {
        mutants.push(mutant);
        if (request.json) context.err(mutantLine(mutant));
        else context.out(mutantLine(mutant));
        await store();
      },
    });
    await stored;
    const matrix = known();
    return { matrix, file: await writeMatrix(folder, matrix) };
  } catch (error) {
    throw tellWhatIsStored(error, folder);
  } finally {
    progress({ kind: 'stage', id: 'down', title: 'stop everything', expectedMs: null });
    await prepared.running.stop();
    await reporter.end();
  }
}

/** Of a mutant that cannot be taken out; what was tried before it stands, and whoever reads of it finds everything stopped. */
export function tellWhatIsStored(thrown: unknown, folder: string): unknown {
  if (!(thrown instanceof SignoffError) || thrown.code !== 'BAD_ARGUMENT') return thrown;
  const stored = `everything was stopped; the matrix of what was tried before is in ${folder}`;
  return new SignoffError(thrown.code, `${thrown.message}\n${stored}`, { cause: thrown.cause, hint: thrown.hint });
}

/** A service that ends by itself may do so for its mutant; a server of the system may not. */
function abortOnServerDeath(running: RunningSystem, interrupted: AbortSignal): AbortSignal {
  const died = new AbortController();
  running.onDeath((death) => {
    if (!death.server.startsWith('service:')) died.abort(death);
  });
  return AbortSignal.any([interrupted, died.signal]);
}

type About = Pick<KillMatrix, 'schemaVersion' | 'version' | 'commit' | 'fingerprint' | 'environment' | 'tenants'>;

async function describe({ root }: CommandContext, prepared: PreparedSystem): Promise<About> {
  const { running, manifest, toolset, kindReason } = prepared;
  const { versions, gitSha } = await fingerprint({ root, system: running.system, manifest, toolset, kindReason });
  const environment: EnvironmentKind = running.system.kind;
  return {
    schemaVersion: 1,
    version: versions['signoff'] ?? 'unknown',
    commit: gitSha,
    fingerprint: await killMatrixFingerprint(root),
    environment,
    tenants: manifest.tenantCount,
  };
}
