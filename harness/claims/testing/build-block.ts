/** One measured block for tests: healthy artefacts around the given rows; a test breaks what it is about. */
import { gathered } from '../../model/artefact.ts';
import type { MeasuredBlock } from '../../model/claim.ts';
import { type CrossCheck, crossCheckId } from '../../model/cross-check.ts';
import { type Experiment, modeOfArm } from '../../model/experiment.ts';
import type { DatabaseState } from '../../model/guarded-facts.ts';
import type { Measurement, ProbeCount } from '../../model/measurement.ts';
import { type SampleRow, sampleTable } from './sample-rows.ts';

/** When the measured time of every block begins, Unix ms. */
export const measuredFromMs = 1_800_000_000_000;

const tenantTables =
  'users portfolios strategies signals orders trades positions risk_limits risk_snapshots audit_events'.split(' ');

export interface BlockParts {
  experiment: Experiment;
  block: number;
  rows: readonly SampleRow[];
  probes?: readonly ProbeCount[];
}

export function buildBlock({ experiment, block, rows, probes = [] }: BlockParts): MeasuredBlock {
  const measurement: Measurement = {
    schemaVersion: 1,
    experimentId: experiment.id,
    scenarioId: experiment.scenario.id,
    block,
    startedAt: '2026-11-22T10:00:00.000Z',
    warmUpEndsAtMs: measuredFromMs,
    measureEndsAtMs: measuredFromMs + experiment.durationMs,
    assignment: experiment.arms.map((arm, slot) => ({ arm, slot })),
    artefacts: {
      samples: gathered({ file: `samples/${experiment.id}-${block}.parquet`, rows: rows.length, bytes: 1000 }),
      generator: gathered(generatorOf(experiment, rows)),
      host: gathered({
        stealShare: 0,
        busyShare: 0.4,
        loadAverage1: 1,
        memoryAvailableBytes: 2e9,
        processes: [
          { name: 'k6', cpuSeconds: 2, cpuShareOfCores: 0.1, peakRssBytes: 1e8 },
          { name: 'service:rls', cpuSeconds: 6, cpuShareOfCores: 0.29, peakRssBytes: 3e8 },
        ],
      }),
      postgres: gathered(postgresOf(experiment)),
      redis: gathered({ commands: 10, hits: 5, misses: 1, usedMemoryBytes: 1e6, evictedKeys: 0 }),
      vault: gathered({ sealed: false, requests: 3, tokens: 1 }),
      service: gathered(
        experiment.arms.map((arm, slot) => ({
          arm,
          slot,
          mode: modeOfArm[arm],
          version: '0.1.0',
          requests: rows.length,
          errors5xx: 0,
          eventLoopLagP99Ms: 12,
          poolWaitingMax: 0,
          poolMax: 10,
          prepared: true,
        })),
      ),
      probes: gathered(structuredClone([...probes])),
      containers: gathered([]),
      machine: gathered({ clockStepMs: 1, swappedPages: 0, diskFreeBytes: 60e9 }),
      scheduling: gathered({ waitSeconds: 0.2, runSeconds: 2, slices: 20_000 }),
      database: gathered(databaseOf()),
      costs: gathered([]),
      crossCheck: gathered(experiment.id === crossCheckId ? crossCheckOf(experiment, rows) : null),
    },
  };
  return { measurement, samples: sampleTable(rows) };
}

function generatorOf({ scenario, warmUpMs, durationMs, arms }: Experiment, rows: readonly SampleRow[]) {
  const { workload } = scenario;
  const endsAtMs = measuredFromMs + durationMs;
  const inTime = (row: SampleRow) => row.startedAtMs >= measuredFromMs && row.startedAtMs + row.durationMs <= endsAtMs;
  const requests = rows.filter((row) => !row.setup && inTime(row)).length;
  const iterations = Math.round(requests / arms.length);
  const achievedPerSecond = ((workload.kind === 'open' ? iterations : requests) * 1000) / durationMs;
  return {
    exitCode: 0,
    signal: null,
    stderrTail: [],
    setupEndedAtMs: measuredFromMs - warmUpMs,
    endedAtMs: measuredFromMs + durationMs,
    requests,
    errors: rows.filter((row) => row.status < 200 || row.status > 299).length,
    iterations,
    droppedIterations: 0,
    offeredPerSecond:
      workload.kind === 'open' ? workload.ratePerSecond : (workload.users * 1000) / Math.max(1, workload.thinkTimeMs),
    achievedPerSecond,
    cpuShare: 0.3,
    gomaxprocs: 1,
    cgroup: gathered({ cpuLimit: null, periods: 0, throttledPeriods: 0, throttledSeconds: 0, oomKills: 0 }),
  };
}

/** A second generator that saw what k6 saw. */
function crossCheckOf({ durationMs }: Experiment, rows: readonly SampleRow[]): CrossCheck {
  const checked = rows.filter(({ endpoint }) => endpoint === 'trades.list');
  const sorted = checked.map((row) => row.durationMs).sort((a, b) => a - b);
  const ofShare = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return {
    ...{ generator: 'autocannon', endpoint: 'trades.list', ratePerSecond: 41, requests: 205, failed: 0 },
    served: rows.length + 205,
    ...{ fromMs: measuredFromMs, toMs: measuredFromMs + durationMs, samples: 164 },
    ...{ p50Ms: ofShare(0.5), p95Ms: ofShare(0.95), p99Ms: ofShare(0.99) },
  };
}

function postgresOf({ arms }: Experiment) {
  return {
    roles: arms.map((arm) => ({
      arm,
      user: modeOfArm[arm] === 'rls' ? 'alphapulse_app' : 'alphapulse_exempt',
      superuser: false,
      bypassRls: modeOfArm[arm] !== 'rls',
      ownsTables: 0,
    })),
    tables: tenantTables.map((name) => ({ name, rowSecurity: true, forced: true, policies: 1 })),
    statements: [],
    cacheHitShare: 0.99,
    commits: 100,
    rollbacks: 0,
    deadlocks: 0,
    lockWaits: 0,
    maxBackends: 12,
  };
}

/** Seeded once; the load writes orders and what goes with them. */
function databaseOf(): DatabaseState {
  const names = ['instruments', 'prices', 'tenants', ...tenantTables];
  const before = names.map((name, index) => ({ name, filenode: String(16_000 + index), writes: 1_000 }));
  return {
    connectionBudget: 97,
    otherConnections: 2,
    checkpointsRequested: 0,
    checkpointsTimed: 0,
    looks: 20,
    autovacuumLooks: 0,
    roleSettings: [
      { user: 'alphapulse_app', settings: '' },
      { user: 'alphapulse_exempt', settings: '' },
    ],
    tenants: 100,
    before,
    after: before.map((table) => (table.name === 'orders' ? { ...table, writes: table.writes + 300 } : { ...table })),
  };
}
