/** A mutant of a server: planted by the server's own interface, probed, and undone. */
import { applyMutant, type AppliedMutant, type ServerMutant } from '../faults/apply-mutant.ts';
import type { ProbeLayer } from '../model/probe-layer.ts';
import type { IntactService } from './mutate-intact-service.ts';
import type { Prober } from './mutate-prober.ts';
import { ask, refuse, type Trial } from './mutate-trial.ts';
import type { PreparedSystem } from './prepare-system.ts';

export interface MutantRun {
  root: string;
  prepared: Pick<PreparedSystem, 'running' | 'manifest'>;
  prober: Prober;
  service: IntactService;
  signal: AbortSignal;
  /** Monotonic milliseconds. */
  elapsed: () => number;
}

/** Layers whose probes go past the service, so that it need not run anew for a mutant to show. */
const PAST_THE_SERVICE: readonly ProbeLayer[] = ['sql', 'vault'];

/**
 * Rejects where it cannot be undone: whatever is probed after that is not the intact system with one defect. Connections take their
 * role's settings over when they begin, so the service is probed under a mutant of Postgres in a process that began after it was
 * planted, and that process is probed under no other.
 */
export async function tryServerMutant(
  trial: Trial<ServerMutant>,
  layers: readonly ProbeLayer[],
  run: MutantRun,
): Promise<void> {
  const { mutant } = trial;
  const { running, manifest } = run.prepared;
  const startedAtMs = run.elapsed();
  run.signal.throwIfAborted();
  const startsAnew = mutant.layer === 'postgres' && !layers.every((layer) => PAST_THE_SERVICE.includes(layer));
  try {
    let planted: AppliedMutant;
    try {
      planted = await applyMutant(mutant, { system: running.system, manifest });
    } catch (error) {
      run.signal.throwIfAborted();
      refuse(trial, error);
      return;
    }
    try {
      if (startsAnew) run.service.discard();
      const service = await run.service.current();
      await ask(trial, layers, (wanted) => run.prober.ask(wanted, service));
    } finally {
      if (startsAnew) run.service.discard();
      await planted.revert();
    }
  } finally {
    trial.wallMs += run.elapsed() - startedAtMs;
  }
}
