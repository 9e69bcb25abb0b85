import { describe, expect, it } from 'vitest';
import { cmpConnections } from '../claims/cmp-connections.ts';
import { testThresholds } from '../claims/testing/test-thresholds.ts';
import { compareProfile } from '../experiments/compare.ts';
import type { Judgement } from '../model/finding.ts';
import { toFinding } from './to-finding.ts';

const context = { profile: compareProfile({ tenants: 25 }), tenants: 25, thresholds: testThresholds };
const judgement: Judgement = { outcome: 'inconclusive', reason: 'Too few blocks.', needs: 'more' };

describe('the bounds of a finding', () => {
  it('are those of the figure that is shown', () => {
    const judged = { claim: cmpConnections, judgement: { ...judgement, bounds: { limit: 0.1, margin: 2 } } };
    expect(toFinding(judged, context)).toMatchObject({ limit: 0.1, margin: 2 });
  });

  it('are those of the policy where the judgement has none', () => {
    const { limit, margin } = testThresholds.claims['CMP-CONNECTIONS'];
    expect(toFinding({ claim: cmpConnections, judgement }, context)).toMatchObject({ limit, margin });
  });
});
