/** Relative gates: what is much worse turns red, what is equal stays quiet, and what cannot be compared is never a pass. */
import { describe, expect, it } from 'vitest';
import { judgeClaims } from '../claims/judge-claims.ts';
import { summarise } from '../claims/summaries/summarise.ts';
import { buildBlock, measuredFromMs } from '../claims/testing/build-block.ts';
import { buildEvidence, experimentNamed, testProfile } from '../claims/testing/build-evidence.ts';
import { exponentialMs, steadyLoad } from '../claims/testing/sample-rows.ts';
import { testThresholds } from '../claims/testing/test-thresholds.ts';
import { buildResult } from '../gate/build-result.ts';
import type { Baseline } from '../model/baseline.ts';
import type { Evidence } from '../model/claim.ts';
import { seededRandom } from '../statistics/seeded-random.ts';
import { buildBaseline } from './build-baseline.ts';
import { type MeasuredRun, compareWithBaseline } from './compare-with-baseline.ts';
import { fingerprintOf } from './fingerprint-of.ts';
import { runMetrics } from './run-metrics.ts';

/** Another drawing of the same load, its latencies longer by `factor`. */
function targetBlocks(factor: number, seed: number) {
  const experiment = experimentNamed('target');
  const random = seededRandom(seed);
  const rows = steadyLoad({
    fromMs: measuredFromMs,
    seconds: experiment.durationMs / 1000,
    perSecond: 490,
    seed,
    latencyMs: () => (5 + exponentialMs(random, 10)) * factor,
  });
  return [buildBlock({ experiment, block: 0, rows })];
}

const metricsOf = (evidence: Evidence) => runMetrics(evidence, judged(evidence).findings);

function judged(evidence: Evidence, plantedDefect: string | null = null) {
  return buildResult({
    config: {
      schemaVersion: 1,
      runId: 'before',
      startedAt: '2026-11-22T10:00:00.000Z',
      environmentKind: 'embedded',
      tenants: 100,
      seed: 'test',
      rowsPerTenant: 5000,
      plantedDefect,
      profile: testProfile,
    },
    evidence,
    thresholds: testThresholds,
    judged: judgeClaims(evidence, testThresholds),
    summaries: summarise(evidence),
    phases: [],
    incomplete: null,
    judgedAt: '2026-11-22T10:10:00.000Z',
  });
}

const healthy = buildEvidence({ target: targetBlocks(1, 11) });
const fingerprint = fingerprintOf(healthy.environment, testProfile);
const metrics = metricsOf(healthy);
const parts = { fingerprint, metrics, savedAt: '2026-11-22T10:11:00.000Z' };

/** The figures of a healthy run as a baseline, whatever guards say of its made-up artefacts. */
const baseline: Baseline = {
  schemaVersion: 1,
  runId: 'before',
  measuredAt: '2026-11-22T10:00:00.000Z',
  savedAt: '2026-11-22T10:11:00.000Z',
  profile: 'quick',
  commit: null,
  dirty: null,
  fingerprint,
  metrics: metrics.filter(({ quantity: { direction, interval } }) =>
    direction === 'lower-is-better' ? interval[1] !== null : interval[0] !== null,
  ),
};

function runOf(evidence: Evidence): MeasuredRun {
  return { fingerprint, metrics: metricsOf(evidence), validity: [], incomplete: null };
}

const same: MeasuredRun = { fingerprint, metrics, validity: [], incomplete: null };

describe('a run held against a baseline', () => {
  it('is quiet when nothing changed: the same figures, and another drawing of the same load', () => {
    expect(compareWithBaseline(baseline, same).verdict).toBe('pass');
    const again = compareWithBaseline(baseline, runOf(buildEvidence({ target: targetBlocks(1, 12) })));
    expect(again.verdict).toBe('pass');
    expect(new Set(again.metrics.map(({ outcome }) => outcome))).toEqual(new Set(['no-change']));
  });

  it('is red when latencies are longer by a half, and names the metrics', () => {
    const worse = compareWithBaseline(baseline, runOf(buildEvidence({ target: targetBlocks(1.5, 13) })));
    expect(worse.verdict).toBe('fail');
    const named = worse.metrics.filter(({ outcome }) => outcome === 'worse').map(({ metric }) => metric);
    expect(named).toContain('target.p99');
    expect(named.every((metric) => metric.startsWith('target.'))).toBe(true);
    expect(worse.reasons[0]).toContain('is worse than the baseline');
  });

  it('does not call a tenth, which two runs at different times cannot tell', () => {
    expect(compareWithBaseline(baseline, runOf(buildEvidence({ target: targetBlocks(1.1, 14) }))).verdict).toBe('pass');
  });

  it('says when latencies are shorter by a half, and passes', () => {
    const better = compareWithBaseline(baseline, runOf(buildEvidence({ target: targetBlocks(0.5, 15) })));
    expect(better.verdict).toBe('pass');
    expect(better.metrics.find(({ metric }) => metric === 'target.p99')?.outcome).toBe('better');
  });

  it('is inconclusive under another fingerprint, and lists what differs', () => {
    const foreign = { ...same, fingerprint: { ...fingerprint, 'host.cores': '64', 'settings.extra': 'on' } };
    const { verdict, differences, metrics: compared } = compareWithBaseline(baseline, foreign);
    expect(verdict).toBe('inconclusive');
    expect(compared).toEqual([]);
    expect(differences).toEqual([
      { name: 'host.cores', baseline: '2', run: '64' },
      { name: 'settings.extra', baseline: null, run: 'on' },
    ]);
  });

  it('is inconclusive when a metric of the baseline was not measured', () => {
    const without = compareWithBaseline(baseline, runOf(buildEvidence({ target: [] })));
    expect(without.verdict).toBe('inconclusive');
    expect(without.metrics.find(({ metric }) => metric === 'target.p50')).toMatchObject({
      outcome: 'undecided',
      run: null,
    });
  });

  it('is inconclusive when a guard of the experiment failed, or the run ended early: even then nothing is called worse', () => {
    const worse = runOf(buildEvidence({ target: targetBlocks(2, 16) }));
    const guard = { id: 'foreign-cpu', ok: false, observed: 90, limit: 10, unit: '%' as const, why: 'a neighbour' };
    const ofTarget = compareWithBaseline(baseline, { ...worse, validity: [{ ...guard, scope: 'target' }] });
    expect(ofTarget.verdict).toBe('inconclusive');
    expect(ofTarget.metrics.find(({ metric }) => metric === 'target.p99')?.explanation).toContain('foreign-cpu');
    expect(compareWithBaseline(baseline, { ...worse, incomplete: 'k6 was killed' }).verdict).toBe('inconclusive');
    const elsewhere = compareWithBaseline(baseline, { ...worse, validity: [{ ...guard, scope: 'baseline' }] });
    expect(elsewhere.verdict).toBe('fail');
    const ofRun = { ...guard, id: 'oom-kills', scope: 'baseline', invalidatesRun: true };
    expect(compareWithBaseline(baseline, { ...worse, validity: [ofRun] }).verdict).toBe('inconclusive');
  });

  it('is inconclusive where the interval of the run is not bounded', () => {
    const open = metrics.map((metric) => ({
      ...metric,
      quantity: { ...metric.quantity, samples: 5153, effectiveSamples: 41.6, interval: [null, null] as [null, null] },
    }));
    const compared = compareWithBaseline(baseline, { ...same, metrics: open });
    expect(compared.verdict).toBe('inconclusive');
    expect(compared.metrics[0]?.explanation).toContain('too few independent samples (n_eff = 42 of 5153)');
  });

  it('calls a rate that fell, for which more is better', () => {
    const fallen = metrics.map((metric) => {
      const { value, interval } = metric.quantity;
      const half = { value: value / 2, interval: interval.map((bound) => (bound ?? 0) / 2) as [number, number] };
      return metric.id === 'target.rate' ? { ...metric, quantity: { ...metric.quantity, ...half } } : metric;
    });
    const { metrics: compared } = compareWithBaseline(baseline, { ...same, metrics: fallen });
    expect(compared.filter(({ outcome }) => outcome === 'worse').map(({ metric }) => metric)).toEqual(['target.rate']);
  });
});

describe('the fingerprint', () => {
  it('does not change with the commit, the kernel, an image or a few MiB', () => {
    const container = {
      composeService: 'redis',
      image: 'redis:7',
      imageId: 'a',
      cpuLimit: 1,
      memoryLimitBytes: 2 ** 28,
    };
    const at = (memory: number, image: string) =>
      fingerprintOf(
        {
          ...healthy.environment,
          gitSha: image,
          host: { ...healthy.environment.host, memoryBytes: memory, kernel: image },
          containers: [{ ...container, image, imageId: image }],
        },
        testProfile,
      );
    expect(at(8.0e9, 'one')).toEqual(at(8.01e9, 'other'));
    expect(at(8.0e9, 'one')['containers.redis']).toBe('1 core, 0.25 GiB');
  });

  it('changes with the load', () => {
    const shorter = testProfile.experiments.map((one) => ({ ...one, durationMs: one.durationMs / 2 }));
    expect(fingerprintOf(healthy.environment, { ...testProfile, experiments: shorter })).not.toEqual(fingerprint);
  });
});

describe('a baseline', () => {
  const passing = { ...judged(healthy), verdict: 'pass' as const, validity: [], reasons: [] };

  it('keeps percentiles and rates of each load and the cost of row-level security, all with an interval', () => {
    const built = buildBaseline({ result: passing, ...parts });
    if (!('baseline' in built)) throw new Error(built.refused.join());
    const ids = built.baseline.metrics.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['target.p50', 'target.p95', 'target.p99', 'target.rate', 'rls-cost.ratio']),
    );
    expect(ids.some((id) => id.startsWith('isolation'))).toBe(false);
    expect(built).toMatchObject({ baseline: { runId: 'before', profile: 'quick' } });
  });

  it.each([
    ['a run that failed', { verdict: 'fail' as const, reasons: ['AC-1 is broken'] }, 'AC-1 is broken'],
    ['an inconclusive run', { verdict: 'inconclusive' as const }, 'is inconclusive'],
    ['a run with a planted defect', { plantedDefect: 'drop-policy' }, 'drop-policy'],
    [
      'a run with a failed guard where nothing was gated',
      {
        validity: [
          { id: 'error-share', scope: 'target', ok: false, observed: 9, limit: 1, unit: '%' as const, why: 'x' },
        ],
      },
      'Guard error-share failed in target',
    ],
  ])('is never made of %s', (_, change, reason) => {
    const built = buildBaseline({ result: { ...passing, ...change }, ...parts });
    expect('refused' in built && built.refused.join(' ')).toContain(reason);
  });

  it('is never made of a run without a bounded interval', () => {
    expect('refused' in buildBaseline({ result: passing, ...parts, metrics: [] })).toBe(true);
  });
});
