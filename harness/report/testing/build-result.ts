/** Builds the result of a complete run in which every gated claim holds. */
import { exitCode } from '../../model/exit-codes.ts';
import type { Result } from '../../model/result.ts';
import { buildScenario } from './build-scenario.ts';
import { machine } from './machine.ts';
import { passingFindings } from './passing-findings.ts';
import { passingGuards } from './passing-guards.ts';
import { probeRows } from './probe-rows.ts';

/** A complete run in which every gated claim holds. */
export function buildPassingResult(): Result {
  const closed = (users: number) => ({ kind: 'closed' as const, users, thinkTimeMs: 5000 });
  const time = { warmUpSeconds: 6, measuredSeconds: 40 };
  return {
    schemaVersion: 1,
    runId: '20251122T105100Z-4f7a',
    startedAt: '2025-11-22T10:51:00.000Z',
    judgedAt: '2025-11-22T10:56:12.000Z',
    verdict: 'pass',
    exitCode: exitCode('pass'),
    reasons: ['All 10 gated claims hold; every guard of validity is met.'],
    profile: 'quick',
    plantedDefect: null,
    ...machine,
    validity: passingGuards(),
    scenarios: [
      buildScenario({
        id: 'baseline',
        title: '100 users, closed load',
        workload: closed(100),
        p50Ms: 6.2,
        p99Ms: 38.4,
        ratePerSecond: 19.8,
        seed: 1,
        ...time,
      }),
      buildScenario({
        id: 'target',
        title: '500 users, closed load',
        workload: closed(500),
        p50Ms: 11.8,
        p99Ms: 142,
        ratePerSecond: 98.4,
        seed: 2,
        ...time,
      }),
      buildScenario({
        id: 'baseline-open',
        title: 'Rate of 100 users, open load',
        workload: { kind: 'open', ratePerSecond: 20 },
        p50Ms: 6.4,
        p99Ms: 41.2,
        ratePerSecond: 20,
        seed: 3,
        ...time,
      }),
      buildScenario({
        id: 'target-open',
        title: 'Rate of 500 users, open load',
        workload: { kind: 'open', ratePerSecond: 100 },
        p50Ms: 12.9,
        p99Ms: 171,
        ratePerSecond: 100,
        seed: 4,
        errors: 2,
        ...time,
      }),
      buildScenario({
        id: 'rls-cost',
        title: 'Row-level security, paired arms',
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
        title: 'Isolation probes',
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
    isolation: { probes: 6410, leaks: 0, rows: probeRows, mutants: [] },
    incomplete: null,
  };
}
