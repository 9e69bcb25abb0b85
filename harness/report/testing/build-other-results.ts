/** Builds results of the ways in which a run ends otherwise than with a pass. */
import { exitCode } from '../../model/exit-codes.ts';
import type { Finding, Result } from '../../model/result.ts';
import { latencyFinding, violations } from './build-finding.ts';
import { buildPassingResult } from './build-result.ts';
import { buildEmptyScenario, buildScenario } from './build-scenario.ts';
import { passingFindings, zeroTolerance } from './passing-findings.ts';
import { probeRows } from './probe-rows.ts';

function replaceFinding(result: Result, finding: Finding): void {
  result.findings = result.findings.map((other) => (other.id === finding.id ? finding : other));
}

/** Two claims broken: the target latency, and a leak between tenants. */
export function buildFailingResult(): Result {
  const result = buildPassingResult();
  const slow = latencyFinding({
    id: 'LAT-500-TARGET',
    title: 'p99 below 500 ms at 500 users',
    source: ['AC-2', 'LAT-500', 'RIS-001', 'DEL-002'],
    valueMs: 742,
    limitMs: 500,
    samples: 6020,
  });
  replaceFinding(result, slow);
  const isolation = zeroTolerance('SEC-ISO', 'A tenant saw data of another', ['SEC-ISO', 'RIS-006'], 4310);
  replaceFinding(result, {
    ...isolation,
    outcome: 'broken',
    quantity: violations(3, 4310),
    explanation: '3 of 4,310 probes returned rows of another tenant.',
    evidence: [
      {
        label: 'foreign-id GET /trades/:id',
        quantity: violations(3, 410),
        outcome: 'broken',
        note: 'tenant t00007-cedar read trade of t00012-delta',
      },
    ],
  });
  result.scenarios[1] = buildScenario({
    id: 'target',
    title: 'Target: 500 users with think time',
    workload: { kind: 'closed', users: 500, thinkTimeMs: 1000 },
    p50Ms: 188,
    p99Ms: 742,
    ratePerSecond: 402,
    warmUpSeconds: 6,
    measuredSeconds: 40,
    seed: 12,
  });
  result.isolation.leaks = 3;
  result.isolation.rows = probeRows.map((row) =>
    row.probe === 'foreign-id GET /trades/:id'
      ? { ...row, leaks: 3, examples: ['tenant t00007-cedar read trade of t00012-delta'] }
      : row,
  );
  return {
    ...result,
    verdict: 'fail',
    exitCode: exitCode('fail'),
    reasons: [
      'SEC-ISO is broken: 3 of 4,310 probes returned rows of another tenant.',
      'LAT-500-TARGET is broken: p99 742 ms, limit 500 ms.',
    ],
  };
}

/** A claim whose interval contains the limit. */
export function buildInconclusiveResult(): Result {
  const result = buildPassingResult();
  replaceFinding(
    result,
    latencyFinding({
      id: 'LAT-500-TARGET',
      title: 'p99 below 500 ms at 500 users',
      source: ['AC-2', 'LAT-500', 'RIS-001'],
      valueMs: 481,
      limitMs: 500,
      samples: 50,
    }),
  );
  const reasons = [
    'LAT-500-TARGET is inconclusive: the limit lies inside the interval; needs about 4,200 more independent samples.',
  ];
  return { ...result, verdict: 'inconclusive', exitCode: exitCode('inconclusive'), reasons };
}

/** A run whose guards failed: one exceeded, one that could not be read. */
export function buildInvalidResult(): Result {
  const result = buildPassingResult();
  result.validity = result.validity.map((guard) => {
    if (guard.scope === 'target' && guard.id === 'generator-cpu') return { ...guard, ok: false, observed: 93.4 };
    return guard.id === 'rls-forced' ? { ...guard, ok: false, observed: null } : guard;
  });
  const undecided = { outcome: 'inconclusive' as const, explanation: 'The run is not valid.', needs: 'a valid run' };
  result.findings = result.findings.map((finding) =>
    finding.gated && finding.unit === 'ms' ? { ...finding, ...undecided } : finding,
  );
  const reasons = ['Guard generator-cpu failed in target: 93.4 %, limit 80 %.', 'Guard rls-forced could not be read.'];
  return { ...result, verdict: 'inconclusive', exitCode: exitCode('inconclusive'), reasons };
}

/** A run that ended early: nothing measured but an empty scenario. */
export function buildIncompleteResult(): Result {
  const missing = {
    outcome: 'inconclusive' as const,
    quantity: null,
    explanation: 'No samples.',
    needs: 'a run that goes to its end',
    evidence: [],
  };
  return {
    ...buildPassingResult(),
    verdict: 'inconclusive',
    exitCode: exitCode('unavailable'),
    reasons: ['The run ended early: postgres died during target.'],
    validity: [
      {
        id: 'samples-present',
        scope: 'target',
        ok: false,
        observed: 0,
        limit: 1,
        unit: 'count',
        why: 'Of no samples nothing follows.',
      },
    ],
    scenarios: [buildEmptyScenario('target', 'Target: 500 users with think time')],
    findings: passingFindings().map((finding) => ({ ...finding, ...missing })),
    isolation: { probes: 0, leaks: 0, rows: [], mutants: [] },
    logins: { count: 0, p50Ms: null, p95Ms: null },
    processes: [],
    phases: [],
    incomplete: 'postgres died during target (signal 9)',
  };
}

/** Nothing at all: no scenario, finding, guard or prerequisite. */
export function buildEmptyResult(): Result {
  return {
    ...buildIncompleteResult(),
    reasons: [],
    validity: [],
    scenarios: [],
    findings: [],
    prerequisites: [],
    incomplete: null,
  };
}
