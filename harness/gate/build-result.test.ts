/** From evidence to the whole result: healthy runs pass, planted defects turn exactly their claim, invalid runs decide nothing. */
import { describe, expect, it } from 'vitest';
import { judgeClaims } from '../claims/judge-claims.ts';
import { summarise } from '../claims/summaries/summarise.ts';
import { buildBlock, measuredFromMs } from '../claims/testing/build-block.ts';
import { buildEvidence, experimentNamed, healthyBlocks, testProfile } from '../claims/testing/build-evidence.ts';
import { steadyLoad } from '../claims/testing/sample-rows.ts';
import { testThresholds } from '../claims/testing/test-thresholds.ts';
import type { Evidence, MeasuredBlock } from '../model/claim.ts';
import { type Result, resultSchema } from '../model/result.ts';
import type { RunConfig } from '../model/run-config.ts';
import { buildResult } from './build-result.ts';

const config: RunConfig = {
  schemaVersion: 1,
  runId: 'test',
  startedAt: '2026-11-22T10:00:00.000Z',
  environmentKind: 'embedded',
  tenants: 100,
  seed: 'test',
  rowsPerTenant: 5000,
  plantedDefect: null,
  profile: testProfile,
};

function build(evidence: Evidence, changed: Partial<RunConfig> = {}): Result {
  return buildResult({
    config: { ...config, ...changed },
    evidence,
    thresholds: testThresholds,
    judged: judgeClaims(evidence, testThresholds),
    summaries: summarise(evidence),
    phases: [{ id: 'measure', wallMs: 240_000 }],
    incomplete: null,
    judgedAt: '2026-11-22T10:10:00.000Z',
  });
}

function idsWith(result: Result, outcome: string): string[] {
  return result.findings.filter((finding) => finding.outcome === outcome).map((finding) => finding.id);
}

function slowTarget(): MeasuredBlock {
  const load = { fromMs: measuredFromMs, seconds: 20, perSecond: 310, seed: 1 };
  const rows = steadyLoad({ ...load, latencyMs: (random) => 600 + 10 * random() });
  return buildBlock({ experiment: experimentNamed('target'), block: 0, rows, probes: [] });
}

describe('buildResult', () => {
  it('passes a healthy run, and is a valid result', () => {
    const result = build(buildEvidence());
    expect(resultSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({
      verdict: 'pass',
      exitCode: 0,
      profile: 'quick',
      judgedAt: '2026-11-22T10:10:00.000Z',
    });
    expect(idsWith(result, 'broken')).toEqual([]);
  });

  it('says of claims about other numbers of tenants that they were not measured', () => {
    const found = build(buildEvidence()).findings.find((finding) => finding.id === 'LAT-1KT');
    expect(found).toMatchObject({
      gated: false,
      outcome: 'inconclusive',
      quantity: null,
      limit: 300,
      explanation: 'Not measured in profile quick: the claim is about 1,000 tenants, this run had 100.',
      needs: 'a run with --tenants 1000',
    });
  });

  it('fails by exactly the claims about the target load when it is slow', () => {
    const result = build(buildEvidence({ target: [slowTarget()] }));
    expect(result).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(idsWith(result, 'broken')).toEqual(['LAT-500-TARGET', 'LAT-100T']);
    expect(result.findings.find(({ id }) => id === 'LAT-500-TARGET')?.title).toBe(
      'p99 is not below 500 ms at 500 users',
    );
    expect(result.validity.filter((guard) => !guard.ok)).toEqual([]);
  });

  it('takes back what an invalid experiment found, in either direction', () => {
    const slow = slowTarget();
    const baseline = healthyBlocks('baseline');
    for (const { measurement } of [slow, ...baseline]) {
      if (measurement.artefacts.generator.ok) measurement.artefacts.generator.value.cpuShare = 0.99;
    }
    const result = build(buildEvidence({ target: [slow], baseline }));
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    const target = result.findings.find(({ id }) => id === 'LAT-500-TARGET');
    expect(target).toMatchObject({ outcome: 'inconclusive', title: 'p99 below 500 ms at 500 users' });
    expect(target?.explanation).toContain('The figures would say broken');
    expect(result.findings.find(({ id }) => id === 'LAT-500-BASELINE')?.outcome).toBe('inconclusive');
    expect(result.findings.find(({ id }) => id === 'LAT-500-TARGET-OPEN')?.outcome).toBe('holds');
  });

  it('lets a leak in an invalid run stay a leak, and nothing hold there', () => {
    const isolation = healthyBlocks('isolation');
    for (const { measurement } of isolation) {
      const { postgres, probes } = measurement.artefacts;
      if (postgres.ok) for (const table of postgres.value.tables) table.policies = 0;
      if (probes.ok)
        for (const count of probes.value) if (count.claim === 'SEC-ISO' && count.kind === 'probe') count.violations = 1;
    }
    const result = build(buildEvidence({ isolation }));
    expect(result.verdict).toBe('fail');
    expect(idsWith(result, 'broken')).toEqual(['SEC-ISO']);
    expect(result.findings.find(({ id }) => id === 'SEC-AUTHN')?.outcome).toBe('inconclusive');
  });

  it.each<[string, (cgroup: object) => unknown]>([
    ['oom-kills', (cgroup) => Object.assign(cgroup, { oomKills: 21 })],
    ['generator-throttled', (cgroup) => Object.assign(cgroup, { cpuLimit: 0.5, periods: 100, throttledPeriods: 12 })],
  ])('decides nothing when %s failed, even in a load that no gate is about; a leak stays a leak', (id, change) => {
    const ungated = { ...testProfile, gates: testProfile.gates.filter((gate) => gate !== 'LAT-500-BASELINE') };
    const baseline = healthyBlocks('baseline');
    for (const { measurement } of baseline) {
      const { generator } = measurement.artefacts;
      if (generator.ok && generator.value.cgroup.ok) change(generator.value.cgroup.value);
    }
    const result = build(buildEvidence({ baseline }), { profile: ungated });
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(result.reasons[0]).toContain(`The run is invalid: guard ${id} failed in baseline (observed`);
    const slow = build(buildEvidence({ baseline, target: [slowTarget()] }), { profile: ungated });
    expect(slow).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    const target = slow.findings.find(({ id: claim }) => claim === 'LAT-500-TARGET');
    expect(target?.explanation).toContain(`guard ${id} (in baseline) failed. The figures would say broken`);
    const isolation = healthyBlocks('isolation');
    for (const { measurement } of isolation) {
      const { probes } = measurement.artefacts;
      if (probes.ok)
        for (const count of probes.value) if (count.claim === 'SEC-ISO' && count.kind === 'probe') count.violations = 1;
    }
    const leaking = build(buildEvidence({ baseline, isolation }), { profile: ungated });
    expect(leaking).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(idsWith(leaking, 'broken')).toEqual(['SEC-ISO']);
  });

  it('shows what a profile measures without gating on it, and says of what it lacks that it was not measured', () => {
    const [baseline] = testProfile.experiments;
    const profile = {
      ...testProfile,
      id: 'smoke' as const,
      experiments: [baseline as (typeof testProfile.experiments)[0]],
      gates: ['AC-1'],
    };
    const evidence = { ...buildEvidence(), experiments: profile.experiments };
    evidence.blocks = evidence.blocks.filter(({ measurement }) => measurement.experimentId === 'baseline');
    const result = build(evidence, { profile });
    expect(result.verdict).toBe('pass');
    expect(result.findings.find(({ id }) => id === 'LAT-500-BASELINE')).toMatchObject({
      gated: false,
      outcome: 'holds',
      explanation: expect.stringContaining('Shown only: profile smoke does not gate on it.') as string,
    });
    expect(result.findings.find(({ id }) => id === 'RLS-COST')).toMatchObject({
      gated: false,
      outcome: 'inconclusive',
      explanation: 'Not measured in profile smoke: it has no experiment rls-cost.',
    });
  });

  it('never passes when an experiment of a gate is left out, or the run had a defect planted', () => {
    const some = { ...testProfile, experiments: testProfile.experiments.slice(0, 2) };
    const evidence = { ...buildEvidence(), experiments: some.experiments };
    const result = build(evidence, { profile: some });
    expect(result.verdict).toBe('inconclusive');
    expect(result.reasons.join()).toContain('RLS-COST is a gate of this profile');
    expect(build(buildEvidence(), { plantedDefect: 'slow' }).verdict).toBe('inconclusive');
  });

  it('is inconclusive of a run in which nothing was measured', () => {
    const result = build({ ...buildEvidence(), blocks: [] });
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(idsWith(result, 'holds')).toEqual(['AC-1']);
  });
});
