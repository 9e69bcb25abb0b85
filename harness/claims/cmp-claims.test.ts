/** The claims about two builds: each finds what it is about, identical builds are never called slower, and what is missing decides nothing. */
import { describe, expect, it } from 'vitest';
import type { ArmCost } from '../model/arm-cost.ts';
import { notGathered } from '../model/artefact.ts';
import type { Evidence } from '../model/claim.ts';
import { judgementSchema } from '../model/finding.ts';
import type { ComparisonClaimId } from '../model/thresholds.ts';
import { claimsAbout, comparisonClaims } from './comparison-claims.ts';
import { decidedComparison } from './decided-comparison.ts';
import { judgeClaims } from './judge-claims.ts';
import { buildEvidence } from './testing/build-evidence.ts';
import { type ComparedRun, comparedRun } from './testing/compared-load.ts';
import { testThresholds } from './testing/test-thresholds.ts';

function judge(evidence: Evidence) {
  const judged = judgeClaims(evidence, testThresholds, comparisonClaims);
  return Object.fromEntries(judged.map(({ claim, judgement }) => [claim.id, judgement]));
}

const dearer = (change: Partial<Record<keyof ArmCost, number>>) => (cost: ArmCost) => ({
  ...cost,
  ...Object.fromEntries(
    Object.entries(change).map(([name, factor]) => [name, (cost[name as 'requests'] ?? 0) * factor]),
  ),
});

/** What is planted, and which claims may be broken by it: the first has to be. */
const planted: [title: string, run: ComparedRun, broken: ComparisonClaimId[]][] = [
  [
    '5 % on every request',
    { candidateMs: ({ durationMs }) => durationMs * 1.05 },
    ['CMP-MEDIAN', 'CMP-ENDPOINT', 'CMP-TAIL'],
  ],
  [
    'half as much again on one endpoint',
    { candidateMs: ({ durationMs, endpoint }) => durationMs * (endpoint === 'orders.create' ? 1.5 : 1) },
    ['CMP-ENDPOINT', 'CMP-MEDIAN', 'CMP-TENANT', 'CMP-TAIL'],
  ],
  [
    'bursts that take half as long again',
    { candidateMs: ({ durationMs, endpoint }) => durationMs * (endpoint === 'burst' ? 1.5 : 1) },
    ['CMP-ENDPOINT', 'CMP-MEDIAN'],
  ],
  [
    '20 ms on 2 % of requests',
    { candidateMs: ({ durationMs, random }) => durationMs + (random() < 0.02 ? 20 : 0) },
    ['CMP-TAIL', 'CMP-ENDPOINT'],
  ],
  [
    'one slow tenant',
    { candidateMs: ({ durationMs, tenant }) => durationMs + (tenant === 7 ? 10 : 0) },
    ['CMP-TENANT', 'CMP-MEDIAN', 'CMP-TAIL'],
  ],
  ['10 % more CPU time', { candidateCost: dearer({ cpuSeconds: 1.1 }) }, ['CMP-CPU']],
  ['10 % more memory', { candidateCost: dearer({ allocatedBytes: 1.1 }) }, ['CMP-ALLOCATION']],
  ['10 % more bytes', { candidateCost: dearer({ bytesWritten: 1.1 }) }, ['CMP-BYTES']],
  ['four statements instead of three', { candidateCost: dearer({ statements: 4 / 3 }) }, ['CMP-STATEMENTS']],
  ['twice the rows', { candidateCost: dearer({ rowsRead: 2 }) }, ['CMP-ROWS']],
  ['2 % failures', { candidateStatus: (random) => (random() < 0.02 ? 500 : 200) }, ['CMP-ERRORS']],
  [
    'a leak of connections',
    { candidateCost: (cost, block) => ({ ...cost, connectionsInUseAtEnd: block % 5 === 0 ? 0 : 1 }) },
    ['CMP-CONNECTIONS'],
  ],
  ['a pool that is too small', { candidateCost: (cost) => ({ ...cost, poolWaits: 30 }) }, ['CMP-CONNECTIONS']],
];

describe('claims about two builds', () => {
  it('hold for builds that are alike', () => {
    const judged = judge(comparedRun({ blocks: 20 }));
    for (const judgement of Object.values(judged)) expect(judgementSchema.parse(judgement)).toEqual(judgement);
    expect(Object.entries(judged).filter(([, { outcome }]) => outcome !== 'holds')).toEqual([]);
  });

  it('carry the bounds of the figure that they show', () => {
    const { limit, margin } = testThresholds.claims['CMP-CONNECTIONS'];
    const waits = judge(comparedRun({ blocks: 20, candidateCost: (cost) => ({ ...cost, poolWaits: 30 }) }));
    expect(waits['CMP-CONNECTIONS']).toMatchObject({ outcome: 'broken', bounds: { limit, margin: 4 * margin } });
    const kept = judge(comparedRun({ blocks: 20, candidateCost: (cost) => ({ ...cost, connectionsInUseAtEnd: 3 }) }));
    expect(kept['CMP-CONNECTIONS']).toMatchObject({ outcome: 'broken', bounds: { limit, margin } });
    expect(kept['CMP-CPU']?.bounds).toBeUndefined();
  });

  it('promise in their titles no more than the margin', () => {
    for (const { title } of comparisonClaims) expect(title).toMatch(/ by more than the margin$/);
  });

  it('never find a difference between builds that are alike, at whatever look', () => {
    for (let seed = 2; seed < 6; seed += 1) {
      const evidence = comparedRun({ blocks: 12, seed });
      for (const looks of [6, 7, 10, 12]) {
        const seen = { ...evidence, blocks: evidence.blocks.slice(0, looks) };
        expect(decidedComparison(seen, testThresholds).broken).toEqual([]);
      }
    }
  });

  it.each(planted)('find %s', (_, run, [found, ...others]) => {
    const { broken } = decidedComparison(comparedRun(run), testThresholds);
    expect(broken).toContain(found);
    expect([found, ...others]).toEqual(expect.arrayContaining(broken));
  });

  it('say how many more blocks they need', () => {
    const { outcome, ...rest } = judge(comparedRun({ blocks: 4 }))['CMP-MEDIAN'] ?? {};
    expect({ outcome, ...rest }).toMatchObject({ outcome: 'inconclusive', needs: 'about 2 more blocks' });
    const tail = judge(comparedRun({ blocks: 6 }))['CMP-TAIL'];
    expect(tail).toMatchObject({ outcome: 'inconclusive', needs: expect.stringMatching(/^about \d+ more/) as string });
  });

  it('are inconclusive where what they need is missing', () => {
    expect(decidedComparison(comparedRun({ blocks: 0 }), testThresholds).open).toHaveLength(comparisonClaims.length);
    const evidence = comparedRun({ blocks: 7 });
    const [, second] = evidence.blocks;
    if (second === undefined) throw new Error('no block');
    second.measurement.artefacts.costs = notGathered('NO_ANSWER', 'the service told nothing');
    second.samples = null;
    expect(decidedComparison(evidence, testThresholds).open).toHaveLength(comparisonClaims.length);
  });

  it('are inconclusive where a build does not tell a cost, and that one is then not waited for', () => {
    const silent = (cost: ArmCost) => ({ ...cost, allocatedBytes: null });
    const evidence = comparedRun({ blocks: 20, candidateCost: silent });
    expect(decidedComparison(evidence, testThresholds)).toEqual({
      decided: false,
      broken: [],
      open: ['CMP-ALLOCATION'],
    });
    expect(judge(evidence)['CMP-ALLOCATION']).toMatchObject({
      reason: 'The candidate does not tell what it allocates in block 0.',
    });
    const gates = comparisonClaims.map(({ id }) => id).filter((id) => id !== 'CMP-ALLOCATION');
    expect(decidedComparison(evidence, testThresholds, gates).decided).toBe(true);
  });

  it('take equal counts in every block for equal, and a count of nothing for none', () => {
    const judged = judge(comparedRun({ blocks: 6, candidateCost: (cost) => ({ ...cost, rowsRead: 0 }) }));
    expect(judged['CMP-STATEMENTS']).toMatchObject({ outcome: 'holds', quantity: { value: 1 } });
    expect(judged['CMP-ROWS']).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringContaining('The candidate counted nothing of the rows it reads in block 0') as string,
    });
  });

  it('are no part of a run that compares no builds, and the others no part of one that does', () => {
    const run = buildEvidence();
    expect(claimsAbout(run.experiments).filter(({ id }) => id.startsWith('CMP-'))).toEqual([]);
    expect(claimsAbout(comparedRun({ blocks: 0 }).experiments)).toEqual(comparisonClaims);
    expect(comparisonClaims.length).toBe(11);
  });

  it('call builds that are alike slower in at most one comparison of a hundred, all claims together', () => {
    const alarms = comparisonClaims.map(({ id }) => testThresholds.claims[id as ComparisonClaimId].falseAlarm);
    expect(alarms.reduce((total, alarm) => total + alarm, 0)).toBeLessThanOrEqual(0.01);
  });
});
