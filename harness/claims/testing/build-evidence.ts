/** The evidence of a healthy run for tests: every experiment of the quick profile, shortened, with nothing wrong in it. */
import type { Evidence, MeasuredBlock } from '../../model/claim.ts';
import type { Experiment, Profile } from '../../model/experiment.ts';
import type { ProbeCount } from '../../model/measurement.ts';
import { recordKillMatrix } from '../../model/testing/build-kill-matrix.ts';
import { quick } from '../../experiments/quick.ts';
import { buildBlock, measuredFromMs } from './build-block.ts';
import { type SampleRow, pairedLoad, steadyLoad } from './sample-rows.ts';

const latencySeconds = 20;

export const testProfile: Profile = {
  ...quick,
  experiments: quick.experiments.map((experiment) => ({
    ...experiment,
    durationMs: experiment.id === 'rls-cost' ? 4_000 : latencySeconds * 1000,
  })),
};

export function experimentNamed(id: string): Experiment {
  const found = testProfile.experiments.find((experiment) => experiment.id === id);
  if (found === undefined) throw new Error(`no experiment ${id}`);
  return found;
}

export const healthyProbes: readonly ProbeCount[] = (
  [
    ['SEC-ISO', 'response-tenant', 4000],
    ['SEC-ISO', 'foreign-id GET /trades/:id', 300],
    ['SEC-AUTHN', 'expired', 60],
    ['SEC-AUTHZ', 'viewer POST /orders', 80],
  ] as const
).flatMap(([claim, probe, count]) => [
  { layer: 'api' as const, claim, probe, kind: 'probe' as const, count, violations: 0, undecided: 0, examples: [] },
  {
    layer: 'api' as const,
    claim,
    probe,
    kind: 'control' as const,
    count: 20,
    violations: 0,
    undecided: 0,
    examples: [],
  },
]);

function rowsOf(experiment: Experiment, block: number): SampleRow[] {
  const fromMs = measuredFromMs;
  const seconds = experiment.durationMs / 1000;
  const { workload } = experiment.scenario;
  if (experiment.id === 'rls-cost') {
    const luck = 1 + 0.01 * ((block % 3) - 1);
    return pairedLoad({
      fromMs,
      seconds,
      perSecond: 40,
      seed: block,
      factors: { filter: 1, rls: 1.1 * luck, bare: 0.8 },
    });
  }
  const perSecond = workload.kind === 'open' ? workload.ratePerSecond : workload.users * 0.98;
  return steadyLoad({ fromMs, seconds, perSecond: experiment.id === 'isolation' ? 50 : perSecond, seed: block + 1 });
}

/** Drawn once a test file: drawing is most of the time that these tests take, and no test changes a row in place. */
const drawnRows = new Map<string, SampleRow[]>();

/** The rows of a block in which nothing is wrong. */
export function healthyRows(experiment: Experiment, block: number): SampleRow[] {
  const key = `${experiment.id} ${block}`;
  const rows = drawnRows.get(key) ?? rowsOf(experiment, block);
  drawnRows.set(key, rows);
  return rows;
}

export function healthyBlocks(id: string): MeasuredBlock[] {
  const experiment = experimentNamed(id);
  const probes = id === 'isolation' ? healthyProbes : healthyProbes.filter((one) => one.probe === 'response-tenant');
  return Array.from({ length: experiment.blocks }, (_, block) =>
    buildBlock({ experiment, block, rows: healthyRows(experiment, block), probes }),
  );
}

/** `replaced`: experiments whose blocks are these instead of the healthy ones. */
export function buildEvidence(replaced: Record<string, MeasuredBlock[]> = {}): Evidence {
  return {
    environment: {
      kind: 'embedded',
      kindReason: 'test',
      gitSha: null,
      dirty: null,
      host: { cpu: 'test', cores: 2, memoryBytes: 8e9, kernel: '6', platform: 'linux' },
      versions: { postgres: '18.4', redis: '7.0.15', vault: '1.21.2' },
      generatorColocated: true,
      settings: {},
      engine: null,
      containers: [],
      tenants: 100,
      rows: 500_000,
      seed: 'test',
      dataChecksum: '0',
    },
    experiments: testProfile.experiments,
    blocks: testProfile.experiments.flatMap(({ id }) => replaced[id] ?? healthyBlocks(id)),
    prerequisites: [{ id: 'redis', title: 'Redis', ok: true, found: '7.0.15', where: null, fix: null }],
    environmentReadyMs: 9_000,
    killMatrix: recordKillMatrix(),
  };
}
