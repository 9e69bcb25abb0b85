/** Builds the result of a complete run in which every gated claim holds. */
import { exitCode } from '../../model/exit-codes.ts';
import type { Result } from '../../model/result.ts';
import { recordKillMatrix } from '../../model/testing/build-kill-matrix.ts';
import { buildScenario } from './build-scenario.ts';
import { machine } from './machine.ts';
import { passingFindings } from './passing-findings.ts';
import { passingGuards } from './passing-guards.ts';
import { probeRows } from './probe-rows.ts';

/** A complete run in which every gated claim holds. */
export function buildPassingResult(): Result {
  const closed = (users: number) => ({ kind: 'closed' as const, users, thinkTimeMs: 1000 });
  const time = { warmUpSeconds: 6, measuredSeconds: 40 };
  return {
    schemaVersion: 1,
    runId: '20251122T105100Z-4f7a',
    startedAt: '2025-11-22T10:51:00.000Z',
    judgedAt: '2025-11-22T10:56:12.000Z',
    verdict: 'pass',
    exitCode: exitCode('pass'),
    reasons: [
      '10 of 10 gated claims hold.',
      'Not gated in this run, and so no part of the verdict: LAT-1KT, LAT-10KT.',
    ],
    profile: 'quick',
    plantedDefect: null,
    ...machine,
    validity: passingGuards(),
    scenarios: [
      buildScenario({
        id: 'baseline',
        title: 'Baseline: 100 users with think time',
        workload: closed(100),
        p50Ms: 6.2,
        p99Ms: 38.4,
        ratePerSecond: 98.2,
        seed: 1,
        ...time,
      }),
      buildScenario({
        id: 'target',
        title: 'Target: 500 users with think time',
        workload: closed(500),
        p50Ms: 11.8,
        p99Ms: 142,
        ratePerSecond: 471.6,
        seed: 2,
        ...time,
      }),
      buildScenario({
        id: 'baseline-open',
        title: 'Baseline rate as open load',
        workload: { kind: 'open', ratePerSecond: 100 },
        p50Ms: 6.4,
        p99Ms: 41.2,
        ratePerSecond: 100,
        seed: 3,
        ...time,
      }),
      buildScenario({
        id: 'target-open',
        title: 'Target rate as open load',
        workload: { kind: 'open', ratePerSecond: 500 },
        p50Ms: 12.9,
        p99Ms: 171,
        ratePerSecond: 500,
        seed: 4,
        errors: 2,
        ...time,
      }),
      buildScenario({
        id: 'rls-cost',
        title: 'Cost of row-level security: the same request to three arms',
        workload: closed(4),
        p50Ms: 4.1,
        p99Ms: 19,
        ratePerSecond: 220,
        seed: 5,
        blocks: 6,
        warmUpSeconds: 2,
        measuredSeconds: 10,
      }),
      buildScenario({
        id: 'isolation',
        title: 'Isolation: probes under load',
        workload: closed(10),
        p50Ms: 4.9,
        p99Ms: 27,
        ratePerSecond: 160,
        seed: 6,
        warmUpSeconds: 2,
        measuredSeconds: 30,
      }),
    ],
    findings: passingFindings(),
    isolation: { probes: 6410, leaks: 0, rows: probeRows, ...killMatrix() },
    incomplete: null,
  };
}

/** As the run took it along. */
function killMatrix(): Pick<Result['isolation'], 'mutants' | 'matrix'> {
  const matrix = recordKillMatrix();
  const mutants = (matrix.matrix?.mutants ?? []).map(({ id, layer, outcome }) => ({ id, layer, outcome }));
  return { mutants, matrix };
}
