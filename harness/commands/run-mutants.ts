/** All probes on the intact system, on each mutant in turn, and on the intact system again: how a kill matrix is measured. */
import type { ServerMutant } from '../faults/apply-mutant.ts';
import { compareStates, securityState } from '../faults/security-state.ts';
import { SignoffError } from '../model/errors.ts';
import { isSound, type TriedMutant, type TriedProbe } from '../model/kill-matrix.ts';
import type { ProbeCount } from '../model/measurement.ts';
import { type Mutant, type MutantLayer, ownProbeLayers } from '../model/mutant.ts';
import { probeLayers } from '../model/probe-layer.ts';
import type { Progress } from '../model/progress.ts';
import { formatPlural } from '../report/format/number.ts';
import { allEnded } from './all-ended.ts';
import { formatDuration } from './format.ts';
import { triedProbes } from './kill-matrix-rows.ts';
import { type BuiltMutant, type Builds, openBuilds } from './mutate-builds.ts';
import { intactService } from './mutate-intact-service.ts';
import { openProbers, type Prober, type Probers } from './mutate-prober.ts';
import { endTrial, newTrial, nextOwnLayers, openLayers, type Trial } from './mutate-trial.ts';
import type { PreparedSystem } from './prepare-system.ts';
import { dropCopies, firstCopy, type ServiceTrial, tryServiceMutants } from './run-mutant-services.ts';
import { type MutantRun, tryServerMutant } from './run-mutant.ts';

export interface Mutation {
  root: string;
  prepared: Pick<PreparedSystem, 'running' | 'toolset' | 'manifest' | 'manifestPath'>;
  mutants: readonly Mutant[];
  progress: Progress;
  signal: AbortSignal;
  elapsed: () => number;
  /** What is known of the probes on the intact system so far. */
  onIntact: (probes: TriedProbe[]) => Promise<void>;
  onTried: (mutant: TriedMutant) => Promise<void>;
}

/** Ends early where probes are red on the intact system: then nothing can be proved. Services are left to whoever stops the system. */
export async function runMutants(mutation: Mutation): Promise<void> {
  const builds = await openBuilds(mutation.root, mutation.prepared.running.system.kind);
  try {
    const probers = await openProbers(mutation);
    try {
      await probeAll(mutation, probers, builds);
    } finally {
      await probers.close();
    }
  } finally {
    await builds.remove();
  }
}

type ServiceMutant = Extract<Mutant, { layer: 'service' }>;
const isOfService = (mutant: Mutant): mutant is ServiceMutant => mutant.layer === 'service';

async function probeAll(mutation: Mutation, probers: Probers, builds: Builds): Promise<void> {
  const { prepared, mutants, signal } = mutation;
  const { running } = prepared;
  stage(mutation, 'intact', 'every probe on the intact system');
  await running.copyDatabase(firstCopy);
  const onCopy = intactService({ running, entry: builds.intact, signal, database: firstCopy });
  const before = await askEachLayer(probers.all, await onCopy.current(), mutation);
  const intact = triedProbes(before);
  await mutation.onIntact(intact);
  if (!canProve(intact)) return;
  await dropCopies(prepared);
  const state = await securityState(running.system);
  const service = intactService({ running, entry: builds.intact, signal });
  const run: MutantRun = { ...mutation, prober: probers.all, service };
  const ofServers = mutants.filter((mutant) => !isOfService(mutant)).map((mutant) => newTrial(mutant));
  const building = builds.buildMutants(mutants.filter(isOfService));
  await tryServers(ofServers, { run, mutation, intact, state });
  await tryServices(await building, { run, mutation, intact, probers, entry: builds.intact });
  service.discard();
  await dropCopies(prepared);
  await probers.all.forgetCaches();
  await requireState(state, mutation);
  stage(mutation, 'intact-again', 'every probe on the intact system once more');
  const after = await askEachLayer(probers.all, await service.current(), mutation);
  await mutation.onIntact(triedProbes([...before, ...after]));
}

interface Trying {
  run: MutantRun;
  mutation: Mutation;
  intact: readonly TriedProbe[];
}

/** Of these two, the first probes speak with that server alone, so that a mutant of the other cannot be what they see. */
const lanes: MutantLayer[][] = [['postgres'], ['vault']];

async function tryServers(
  trials: readonly Trial<ServerMutant>[],
  { run, mutation, intact, state }: Trying & { state: string },
) {
  stage(mutation, 'servers', `${formatPlural(trials.length, 'mutant')} of Postgres, Redis and Vault`);
  const tryFirst = async (layers: readonly MutantLayer[]) => {
    for (const trial of trials.filter(({ mutant }) => layers.includes(mutant.layer))) {
      const own = nextOwnLayers(trial, intact);
      if (own.length > 0) await tryServerMutant(trial, own, run);
      if (openLayers(trial, intact).length === 0) await mutation.onTried(endTrial(trial, intact));
    }
  };
  await run.service.current();
  await allEnded(lanes.map(tryFirst));
  await tryFirst(['redis']);
  // What was planted and taken out again was compared then; what could not be planted may have been planted in part.
  if (trials.some(({ refusal }) => refusal !== null)) await requireState(state, mutation);
  for (const trial of trials) {
    let open = openLayers(trial, intact);
    if (open.length === 0) continue;
    for (; open.length > 0; open = openLayers(trial, intact)) await tryServerMutant(trial, open, run);
    await mutation.onTried(endTrial(trial, intact));
  }
  run.service.discard();
}

async function tryServices(
  built: readonly BuiltMutant[],
  { run, mutation, intact, probers, entry }: Trying & { probers: Probers; entry: string },
): Promise<void> {
  if (built.length === 0) return;
  stage(mutation, 'services', `${formatPlural(built.length, 'mutant')} of the service`);
  const filtered = built.some(({ mutant }) => mutant.arm === 'filter') ? await probeFilterArm(run, entry) : [];
  const intactFor = ({ mutant }: Trial) => (mutant.layer === 'service' && mutant.arm === 'filter' ? filtered : intact);
  const trials = built.map((one): ServiceTrial => ({
    ...one,
    trial: { ...newTrial(one.mutant), refusal: one.refusal },
  }));
  const { root, prepared, signal, elapsed } = run;
  const told = new Set<Trial>();
  const tell = async () => {
    for (const { trial } of trials) {
      if (told.has(trial) || (trial.asked.length === 0 && trial.refusal === null)) continue;
      if (openLayers(trial, intactFor(trial)).length > 0) continue;
      told.add(trial);
      await mutation.onTried(endTrial(trial, intactFor(trial)));
    }
  };
  const shared = { root, prepared, signal, elapsed, onBatch: tell };
  await tryServiceMutants(trials, (trial) => nextOwnLayers(trial, intactFor(trial)), {
    ...shared,
    probers: probers.apart,
  });
  // Nobody else is probed now, so that what is seen beside the service is of this mutant.
  await tryServiceMutants(trials, (trial) => openLayers(trial, intactFor(trial)), {
    ...shared,
    probers: [probers.all],
  });
  await tell();
}

/** What probes say of the intact service in the arm that policies do not bind: what is unsound there kills nothing there. */
async function probeFilterArm({ prepared, prober, signal }: MutantRun, entry: string): Promise<TriedProbe[]> {
  const service = intactService({ running: prepared.running, arm: 'filter', entry, signal });
  await prober.forgetCaches();
  return triedProbes(await prober.ask(ownProbeLayers.service, await service.current()));
}

/** Each layer on its own, so that whoever watches sees where the time goes. */
async function askEachLayer(
  prober: Prober,
  service: Parameters<Prober['ask']>[1],
  { progress, elapsed }: Mutation,
): Promise<ProbeCount[]> {
  const counts: ProbeCount[] = [];
  for (const layer of probeLayers) {
    const fromMs = elapsed();
    const asked = await prober.ask([layer], service);
    const probes = new Set(asked.filter(({ kind }) => kind === 'probe').map(({ probe }) => probe)).size;
    progress({
      kind: 'step',
      message: `${layer}: ${formatPlural(probes, 'probe')}, ${formatDuration(elapsed() - fromMs)}`,
    });
    counts.push(...asked);
  }
  return counts;
}

/** Every layer has a probe that is sound, and none is red. What had no answer may have one the second time. */
function canProve(intact: readonly TriedProbe[]): boolean {
  const red = intact.some(({ violations, controlFailures }) => violations > 0 || controlFailures > 0);
  return !red && probeLayers.every((layer) => intact.some((probe) => probe.layer === layer && isSound(probe)));
}

async function requireState(before: string, { prepared }: Mutation): Promise<void> {
  const difference = compareStates(before, await securityState(prepared.running.system));
  if (difference.length === 0) return;
  throw new SignoffError(
    'INTERNAL',
    `the system is no longer what it was before the mutants:\n${difference.join('\n')}`,
    {
      hint: 'Correct the `revert` of the mutant that was tried last, so that it brings back what `apply` changed.',
    },
  );
}

function stage({ progress }: Mutation, id: string, title: string): void {
  progress({ kind: 'stage', id: `mutate:${id}`, title, expectedMs: null });
}
