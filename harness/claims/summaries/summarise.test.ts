/** What is shown beside the findings: counted from the samples, and empty where there are none. */
import { describe, expect, it } from 'vitest';
import { resultSchema } from '../../model/result.ts';
import { gathered, notGathered } from '../../model/artefact.ts';
import { buildContainer } from '../testing/build-container.ts';
import { buildBlock, measuredFromMs } from '../testing/build-block.ts';
import { buildEvidence, experimentNamed } from '../testing/build-evidence.ts';
import { steadyLoad } from '../testing/sample-rows.ts';
import { latencyDistribution } from './latency-distribution.ts';
import { summarise } from './summarise.ts';

const experiment = experimentNamed('baseline');
const load = steadyLoad({ fromMs: measuredFromMs - 5_000, seconds: 25, perSecond: 20, seed: 2 });

describe('summarise', () => {
  it('has the shape of the result', () => {
    const { scenarios, isolation, logins, processes } = resultSchema.shape;
    const summaries = summarise(buildEvidence());
    expect(scenarios.parse(summaries.scenarios)).toEqual(summaries.scenarios);
    expect(isolation.parse(summaries.isolation)).toEqual(summaries.isolation);
    expect(logins.parse(summaries.logins)).toEqual(summaries.logins);
    expect(processes.parse(summaries.processes)).toEqual(summaries.processes);
    expect(summaries.scenarios.map((scenario) => scenario.id)).toEqual([
      'baseline',
      'target',
      'baseline-open',
      'target-open',
      'rls-cost',
      'isolation',
      'cross-check',
    ]);
  });

  it('shades the warm-up in the series and leaves it out of the percentiles', () => {
    const rows = load.map((row) =>
      row.startedAtMs < measuredFromMs ? { ...row, durationMs: 900 } : { ...row, durationMs: 9 },
    );
    const [scenario] = summarise(buildEvidence({ baseline: [buildBlock({ experiment, block: 0, rows })] })).scenarios;
    expect(scenario?.p99Ms).toBe(9);
    expect(scenario?.series).toHaveLength(25);
    expect(scenario?.series.filter((point) => point.warmUp).map((point) => point.p50Ms)).toEqual([
      900, 900, 900, 900, 900,
    ]);
    expect(scenario?.series.at(-1)).toMatchObject({ secondsFromStart: 24, warmUp: false, requests: 20, p99Ms: 9 });
  });

  it('merges blocks, counts failures per endpoint, and shows only the production arm', () => {
    const rows = load
      .filter((row) => row.startedAtMs >= measuredFromMs)
      .map((row, index) => ({
        ...row,
        endpoint: index % 2 === 0 ? 'a' : 'b',
        status: index < 10 ? 503 : 200,
        arm: index % 10 === 9 ? 'filter' : 'rls',
      }));
    const blocks = [0, 1].map((block) => buildBlock({ experiment, block, rows }));
    const [scenario] = summarise(buildEvidence({ baseline: blocks })).scenarios;
    expect(scenario).toMatchObject({ blocks: 2, requests: 800, errors: 20 });
    expect(scenario?.endpoints).toMatchObject([
      { endpoint: 'a', requests: 400, errors: 10 },
      { endpoint: 'b', requests: 320, errors: 8 },
    ]);
    expect(scenario?.distribution.reduce((total, bin) => total + bin.requests, 0)).toBe(720);
  });

  it('shows logins apart', () => {
    const logins = load.slice(0, 30).map((row) => ({ ...row, setup: true, endpoint: 'auth.login', durationMs: 40 }));
    const { logins: shown } = summarise({
      ...buildEvidence(),
      blocks: [buildBlock({ experiment, block: 0, rows: [...logins, ...load] })],
    });
    expect(shown).toEqual({ count: 30, p50Ms: 40, p95Ms: 40 });
  });

  it('adds up probes and processes over all blocks', () => {
    const { isolation, processes } = summarise(buildEvidence());
    const responses = isolation.rows.find((row) => row.probe === 'response-tenant');
    expect(responses).toMatchObject({ probes: 12 * 4000, controls: 12 * 20, leaks: 0 });
    expect(isolation.probes).toBe(12 * 4000 + 300 + 60 + 80);
    expect(isolation.mutants[0]).toEqual({ id: 'policy-dropped', layer: 'postgres', outcome: 'killed' });
    expect(isolation.matrix).toEqual(buildEvidence().killMatrix);
    expect(processes.find(({ scenario }) => scenario === 'rls-cost')).toMatchObject({ name: 'k6', cpuSeconds: 12 });
  });

  it('shows each container at its worst block, kills and restarts of all', () => {
    const uses = [
      { throttledPeriods: 4, memoryPeakBytes: 500, cpuShareOfLimit: 0.9, cpuCores: 1.35 },
      { throttledPeriods: 50, memoryPeakBytes: 300, oomKills: 1, restarts: 1 },
      { oomKills: 2 },
    ];
    const blocks = uses.map((changes, block) => {
      const measured = buildBlock({ experiment, block, rows: load });
      measured.measurement.artefacts.containers = gathered([buildContainer({ memoryPeakBytes: 100, ...changes })]);
      return measured;
    });
    const unread = buildBlock({ experiment, block: 3, rows: load });
    unread.measurement.artefacts.containers = notGathered('GONE', 'no engine');
    const { containers } = summarise({ ...buildEvidence(), blocks: [...blocks, unread] });
    expect(containers).toMatchObject([
      {
        scenario: 'baseline',
        name: 'postgres',
        throttledShare: 0.25,
        cpuShareOfLimit: 0.9,
        cpuCores: 1.35,
        memoryPeakBytes: 500,
        oomKills: 3,
        restarts: 1,
      },
    ]);
  });

  it('of nothing is empty, not zero', () => {
    const evidence = { ...buildEvidence(), blocks: [] };
    delete evidence.killMatrix;
    const nothing = summarise(evidence);
    expect(nothing).toEqual({
      scenarios: [],
      isolation: { probes: 0, leaks: 0, rows: [], mutants: [] },
      logins: { count: 0, p50Ms: null, p95Ms: null },
      processes: [],
      containers: [],
    });
    const unread = { ...buildBlock({ experiment, block: 0, rows: load }), samples: null };
    expect(summarise(buildEvidence({ baseline: [unread] })).scenarios[0]).toMatchObject({ p99Ms: null, series: [] });
  });
});

describe('latencyDistribution', () => {
  it('puts each latency between the edges of its bin', () => {
    const bins = latencyDistribution(Float64Array.of(0, 1, 1.05, 30, 31));
    expect(bins.reduce((total, bin) => total + bin.requests, 0)).toBe(5);
    expect(bins[0]?.requests).toBe(1);
    expect(bins.at(-1)?.toMs).toBeGreaterThan(31);
    for (const [index, bin] of bins.entries()) expect(bin.fromMs).toBeCloseTo(bins[index - 1]?.toMs ?? bin.fromMs, 9);
  });
});
