/** A count is exact, but of a handful of requests it holds of too little. */
import { describe, expect, it } from 'vitest';
import type { GateEntry } from '../../model/gate-schema.ts';
import { policyGates } from '../../model/policy-gates.ts';
import { buildBlock, measuredFromMs } from '../testing/build-block.ts';
import { buildEvidence, experimentNamed } from '../testing/build-evidence.ts';
import { steadyLoad } from '../testing/sample-rows.ts';
import { testThresholds } from '../testing/test-thresholds.ts';
import { judgeGates } from './judge-gates.ts';

function judge(entry: GateEntry, requests: number) {
  const rows = steadyLoad({ fromMs: measuredFromMs, seconds: 1, perSecond: requests, seed: 3 });
  const evidence = buildEvidence({ target: [buildBlock({ experiment: experimentNamed('target'), block: 0, rows })] });
  const gates = policyGates({ ...testThresholds, gates: { 'http_reqs{scenario:target,status:500}': [entry] } });
  return judgeGates(evidence, gates, { figures: 1, looksAt: () => null })[0]?.parts[0]?.judgement;
}

describe('a gate about a count', () => {
  it('holds once enough requests were looked at, of whatever status', () => {
    expect(judge('count==0', 30)?.outcome).toBe('holds');
    expect(judge({ threshold: 'count==0', minimumSamples: 20 }, 20)?.outcome).toBe('holds');
  });

  it('says how many more it needs before', () => {
    expect(judge('count==0', 20)).toMatchObject({
      outcome: 'inconclusive',
      reason: '0 count in this run, but 20 requests are fewer than 30.',
      needs: 'about 10 more requests',
    });
    expect(judge({ threshold: 'count==0', minimumSamples: 1000 }, 500)?.outcome).toBe('inconclusive');
  });

  it('is broken by what was counted, however little was looked at', () => {
    expect(judge('count>5', 20)?.outcome).toBe('broken');
  });
});
