/** A build must not pass by what it counts, fails or hides: such a claim about two builds stays open, or broken. */
import { describe, expect, it } from 'vitest';
import type { MeasuredBlock } from '../model/claim.ts';
import type { ComparisonClaimId } from '../model/thresholds.ts';
import { medianRatio } from '../statistics/median-ratio.ts';
import { fewestPairs } from './cmp-tenant.ts';
import { comparisonClaims } from './comparison-claims.ts';
import { judgeClaims } from './judge-claims.ts';
import { type ComparedRun, comparedRun } from './testing/compared-load.ts';
import { testThresholds } from './testing/test-thresholds.ts';

const costs: ComparisonClaimId[] = ['CMP-CPU', 'CMP-ALLOCATION', 'CMP-BYTES', 'CMP-STATEMENTS', 'CMP-ROWS'];

function judge(id: ComparisonClaimId, run: ComparedRun, change: (block: MeasuredBlock) => void = () => undefined) {
  const evidence = comparedRun({ blocks: 20, ...run });
  evidence.blocks.forEach(change);
  const claims = comparisonClaims.filter((claim) => claim.id === id);
  return judgeClaims(evidence, testThresholds, claims)[0]?.judgement;
}

describe('a candidate', () => {
  it.each(costs)('that counts its requests twice does not look cheap: %s', (id) => {
    const twice = judge(id, { candidateCost: (cost) => ({ ...cost, requests: 2 * cost.requests }) });
    expect(twice).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringContaining('the base counted 540 requests and the candidate 1,080') as string,
    });
    const nearly = judge(id, { candidateCost: (cost) => ({ ...cost, requests: cost.requests + 5 }) });
    expect(nearly?.outcome).toBe('holds');
    const more = judge(id, { candidateCost: (cost) => ({ ...cost, requests: cost.requests + 16 }) });
    expect(more?.outcome).toBe('inconclusive');
    // A burst that the measured time cuts in two, in one block.
    const cut = judge(id, {
      candidateCost: (cost, block) => ({ ...cost, requests: cost.requests + (block === 3 ? 16 : 0) }),
    });
    expect(cut?.outcome).toBe('holds');
  });

  it.each([
    ['CMP-CPU', 'cpuSeconds'],
    ['CMP-ALLOCATION', 'allocatedBytes'],
    ['CMP-BYTES', 'bytesWritten'],
    ['CMP-STATEMENTS', 'statements'],
    ['CMP-ROWS', 'rowsRead'],
  ] as const)('whose counter counts nothing has not told the cost: %s', (id, name) => {
    const nothing = judge(id, { candidateCost: (cost, block) => ({ ...cost, ...(block === 3 ? { [name]: 0 } : {}) }) });
    expect(nothing).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringMatching(/The candidate counted nothing of .* in block 3/) as string,
    });
  });

  it('that fails is found out also where its failures make the run invalid, and only by that', () => {
    const decides = comparisonClaims.filter(({ decidesInInvalidRun }) => decidesInInvalidRun);
    expect(decides.map(({ id }) => id)).toEqual(['CMP-ERRORS']);
    for (const { id, brokenDespite } of comparisonClaims) {
      expect([id, brokenDespite?.includes('host-steal') ?? false]).toEqual([id, id !== 'CMP-ERRORS']);
    }
  });

  it('that fails every request of an endpoint is not judged by the others', () => {
    const failing = judge('CMP-ENDPOINT', {}, ({ samples }) => {
      const index = samples?.endpoints.indexOf('orders.create') ?? -1;
      const candidate = samples?.arms.indexOf('candidate');
      samples?.status.forEach((_, row) => {
        if (samples.endpoint[row] === index && samples.arm[row] === candidate) samples.status[row] = 500;
      });
    });
    expect(failing).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringContaining('No pair of orders.create') as string,
      needs: 'a run in which both builds answer orders.create',
    });
    expect(failing?.evidence).toContainEqual(
      expect.objectContaining({ label: 'orders.create', outcome: 'inconclusive' }),
    );
  });
});

describe('tenants with too few requests', () => {
  /** The tenant of rank 50 has three pairs, all in the first block. */
  const rare = ({ measurement, samples }: MeasuredBlock) => {
    samples?.pair.forEach((pair, row) => {
      if (measurement.block === 0 && pair < 3) samples.tenant[row] = 50;
    });
  };

  it('keep the claim open, with what it needs', () => {
    expect(judge('CMP-TENANT', {}, rare)).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringContaining('1 tenant has too few pairs') as string,
      needs: expect.stringMatching(/^about \d+ more blocks, more load, or fewer tenants$/) as string,
    });
    expect(judge('CMP-TENANT', {})?.outcome).toBe('holds');
  });

  it.each([1, 10, 100, 10_000])(
    'are those that could not be shown to be slow by pairs that are all slow, of %i',
    (tenants) => {
      const gate = testThresholds.claims['CMP-TENANT'];
      const pairs = fewestPairs(tenants, gate);
      const lower = (count: number) =>
        medianRatio({ values: Array<number>(count).fill(10), lowerError: gate.falseAlarm / tenants, upperError: 0.05 })
          .lower;
      expect([lower(pairs - 1), lower(pairs)]).toEqual([null, 10]);
    },
  );

  it('do not hide that another tenant is slow', () => {
    const slow: ComparedRun = { candidateMs: ({ durationMs, tenant }) => durationMs + (tenant === 7 ? 10 : 0) };
    expect(judge('CMP-TENANT', slow, rare)?.outcome).toBe('broken');
  });
});
