/**
 * Mutants of the service: each is a bundle of its own that runs on a copy of the data of its own, so that what it writes is seen by no
 * other. Several are started at once, which takes as long as one, and two are probed at a time, by tenants of which the other knows
 * none: neither its keys in Redis nor its paths in Vault are those of the other.
 */
import type { ServiceMutant } from '../faults/mutant-bundle.ts';
import { SignoffError } from '../model/errors.ts';
import type { Mode } from '../model/experiment.ts';
import type { ProbeLayer } from '../model/probe-layer.ts';
import type { ServiceInstance } from '../model/system.ts';
import { allEnded } from './all-ended.ts';
import type { BuiltMutant } from './mutate-builds.ts';
import type { Prober } from './mutate-prober.ts';
import { ask, refuse, type Trial } from './mutate-trial.ts';
import type { MutantRun } from './run-mutant.ts';

/** Copies of the data, processes and pools of connections at a time. Of containers the logs are told apart by the arm alone. */
const STARTED_AT_ONCE = { embedded: 6, containers: 1, external: 1 };

export interface ServiceTrial extends BuiltMutant {
  trial: Trial<ServiceMutant>;
}

export interface ServiceRun extends Omit<MutantRun, 'service' | 'prober'> {
  /** One for each mutant that is probed at a time, each with tenants of its own. */
  probers: readonly Prober[];
  onBatch: () => Promise<void>;
}

const armOf = ({ arm }: ServiceMutant): Mode => arm ?? 'rls';
const copyName = (slot: number): string => `mutant_${slot}`;

/** For probes of the intact system, so that the seeded data stay what the mutants of Postgres expect them to be. */
export const firstCopy = copyName(0);

/** Whatever happens to one of them, the others are tried. `layers`: what is to be asked of each next, until there is nothing left. */
export async function tryServiceMutants(
  trials: readonly ServiceTrial[],
  layers: (trial: Trial) => readonly ProbeLayer[],
  run: ServiceRun,
): Promise<void> {
  const wanted = trials.filter(({ trial }) => trial.refusal === null && layers(trial).length > 0);
  const atOnce = STARTED_AT_ONCE[run.prepared.running.system.kind];
  for (let from = 0; from < wanted.length; from += atOnce) {
    await tryBatch(wanted.slice(from, from + atOnce), layers, run);
    await run.onBatch();
  }
}

/** Where one of several does not start, each is started alone, to know which. */
async function tryBatch(
  batch: readonly ServiceTrial[],
  layers: (trial: Trial) => readonly ProbeLayer[],
  run: ServiceRun,
): Promise<void> {
  run.signal.throwIfAborted();
  const startedAtMs = run.elapsed();
  let services: ServiceInstance[];
  try {
    services = await startOnCopies(batch, run);
  } catch (error) {
    run.signal.throwIfAborted();
    const [only, ...others] = batch;
    if (only !== undefined && others.length === 0) refuse(only.trial, error);
    else for (const one of batch) await tryBatch([one], layers, run);
    return;
  }
  const startMs = (run.elapsed() - startedAtMs) / batch.length;
  const waiting = batch.map(({ trial }, slot) => ({ trial, service: serviceIn(services, slot) }));
  const probeNext = async (prober: Prober): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const { trial, service } = one;
      const probedFromMs = run.elapsed();
      await prober.forgetCaches();
      for (let next = layers(trial); next.length > 0; next = layers(trial)) {
        await ask(trial, next, (asked) => prober.ask(asked, service));
      }
      trial.wallMs += startMs + run.elapsed() - probedFromMs;
    }
  };
  await allEnded(run.probers.map(probeNext));
}

function serviceIn(services: readonly ServiceInstance[], slot: number): ServiceInstance {
  const service = services.find((each) => each.slot === slot);
  if (service === undefined)
    throw new SignoffError('INTERNAL', `a mutant was started in slot ${slot} and is not there`);
  return service;
}

async function startOnCopies(
  batch: readonly ServiceTrial[],
  { prepared: { running }, signal }: ServiceRun,
): Promise<ServiceInstance[]> {
  await running.copyDatabase(...batch.map((_one, slot) => copyName(slot)));
  const places = batch.map(({ trial: { mutant }, entry }, slot) => ({
    ...{ arm: armOf(mutant), slot, database: copyName(slot) },
    ...(entry === null ? {} : { entry }),
  }));
  return await running.startServices(places, { signal });
}

export async function dropCopies({ running }: MutantRun['prepared']): Promise<void> {
  await running.stopServices();
  for (let slot = 0; slot < STARTED_AT_ONCE[running.system.kind]; slot += 1) await running.dropDatabase(copyName(slot));
}
