/** The probes through the API, once and quickly on a quiet service: k6 with the script of the isolation experiment, without users beside. */
import { availableParallelism } from 'node:os';
import { asSignoffError, SignoffError } from '../model/errors.ts';
import type { Experiment } from '../model/experiment.ts';
import type { ProbeCount } from '../model/measurement.ts';
import type { ServiceInstance } from '../model/system.ts';
import { k6Arguments, k6Environment } from './k6-command.ts';
import { type K6Exit, startK6 } from './k6-process.ts';
import { lineSplitter } from './line-splitter.ts';
import { SampleStream } from './sample-stream.ts';

export interface ApiProbing {
  service: ServiceInstance;
  manifestPath: string;
  /** From write-tokens.ts; null: without forged tokens. */
  tokensPath: string | null;
  k6Path: string;
  /** The folder scenarios/. */
  scenariosDirectory: string;
  /** A private folder, empty or with no settings of k6 in it. */
  scratch: string;
  signal: AbortSignal;
}

/** Of every draw of tenants, ids and routes: the same on the intact system and on each mutant, so that they differ by the mutant only. */
const SEED = 1;

const experiment: Experiment = {
  id: 'isolation',
  hypothesis: 'Every probe is answered as on the intact system.',
  scenario: {
    id: 'isolation',
    title: 'Probes on a quiet service',
    script: 'isolation.ts',
    workload: { kind: 'closed', users: 1, thinkTimeMs: 0 },
  },
  arms: ['rls'],
  blocks: 1,
  warmUpMs: 0,
  durationMs: 4_000,
  order: 'interleaved',
  seed: SEED,
};

/** The script's own knobs (its head has them): nobody beside the probes, each of which runs once, as fast as it is answered. */
const quiet = { USERS: '0', ROUNDS: '1', PROBES_AT_ONCE: '4', TENANTS: '6' };

/** Of the memory in use, which is little in so short a run: collecting it so much later takes a tenth less of the processor (Go, "A Guide to the Go Garbage Collector"). */
const GARBAGE_PERCENT = '400';

/** What was asked before k6 failed stays, and an undecided probe says that something is missing. Rejects where k6 cannot be started. */
export async function probeApi(probing: ApiProbing): Promise<ProbeCount[]> {
  const { service, manifestPath, tokensPath, k6Path, scenariosDirectory, scratch, signal } = probing;
  signal.throwIfAborted();
  const stream = new SampleStream({ onHeader: ignore, onRequest: ignore, onLoadStart: ignore });
  const services = [{ ...service, arm: 'rls' as const }];
  const job = { experiment, block: 0, services, manifestPath, scenariosDirectory, tokensPath, variables: quiet };
  let unreadable: Error | null = null;
  const addChunk = lineSplitter((line) => stream.addLine(line));
  const onOutput = (chunk: string): void => {
    try {
      if (unreadable === null) addChunk(chunk);
    } catch (error) {
      unreadable = asSignoffError(error);
      run.stop();
    }
  };
  const run = await startK6({
    path: k6Path,
    args: k6Arguments(job),
    env: { ...k6Environment(scratch, availableParallelism()), GOGC: GARBAGE_PERCENT },
    cwd: scenariosDirectory,
    onOutput,
  });
  signal.addEventListener('abort', run.stop, { once: true });
  if (signal.aborted) run.stop();
  try {
    const exit = await run.ended;
    if (signal.aborted) throw new SignoffError('INTERRUPTED', 'the probes through the API were interrupted');
    if (unreadable !== null) throw unreadable as Error;
    const counts = stream.probes.counts();
    return exit.exitCode === 0 ? counts : [...counts, unasked(exit)];
  } finally {
    signal.removeEventListener('abort', run.stop);
  }
}

const ignore = (): void => undefined;

function unasked({ exitCode, signal, stderrTail }: K6Exit): ProbeCount {
  const said = stderrTail.at(-1) ?? 'nothing';
  const example = `k6 ended with ${exitCode ?? signal ?? 'nothing'} and said: ${said}`;
  const outcome = { count: 1, violations: 0, undecided: 1, examples: [example] };
  return { layer: 'api', claim: 'SEC-ISO', probe: 'api: every probe of the script', kind: 'probe', ...outcome };
}
