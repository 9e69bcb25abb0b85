/** Which findings a failed guard takes back. */
import { describe, expect, it } from 'vitest';
import type { Finding, Validity } from '../model/result.ts';
import { invalidateFinding } from './invalidate-finding.ts';

const claim = {
  title: 'The candidate is quick',
  experimentId: 'compare',
  decidesInInvalidRun: false,
  brokenDespite: ['dropped-iterations'],
} as const;

function finding(outcome: Finding['outcome']): Finding {
  return {
    ...{
      id: 'CMP-TAIL',
      title: 'The candidate is slow',
      why: 'Users wait.',
      source: ['COMPARE'],
      gated: true,
      outcome,
    },
    ...{ quantity: null, limit: 1, unit: 'ratio', explanation: 'Seen.', needs: null, evidence: [] },
  };
}

function failed(id: string, scope: string | null = 'compare'): Validity {
  return { id, scope, ok: false, observed: 1, limit: 0, unit: 'count', why: 'It was so.' };
}

const outcomeOf = (outcome: Finding['outcome'], ...guards: Validity[]) =>
  invalidateFinding(finding(outcome), claim, guards).outcome;

describe('a failed guard', () => {
  it('takes back what it could have faked', () => {
    expect(outcomeOf('broken', failed('foreign-cpu'))).toBe('inconclusive');
    expect(outcomeOf('holds', failed('foreign-cpu'))).toBe('inconclusive');
    expect(outcomeOf('holds', { ...failed('foreign-cpu'), ok: true })).toBe('holds');
  });

  it('names itself, so that it need not be told for every claim', () => {
    const guards = [failed('foreign-cpu'), failed('swap', null)];
    expect(invalidateFinding(finding('holds'), claim, guards).heldBackBy).toEqual(['foreign-cpu', 'swap']);
    expect(invalidateFinding(finding('holds'), claim, []).heldBackBy).toBeUndefined();
  });

  it('leaves a defect that it can only have hidden, and no good news', () => {
    expect(outcomeOf('broken', failed('dropped-iterations'))).toBe('broken');
    expect(outcomeOf('holds', failed('dropped-iterations'))).toBe('inconclusive');
  });

  it('takes it back beside another, or of another place', () => {
    expect(outcomeOf('broken', failed('dropped-iterations'), failed('foreign-cpu'))).toBe('inconclusive');
    expect(outcomeOf('broken', failed('dropped-iterations', null))).toBe('inconclusive');
    expect(outcomeOf('broken', { ...failed('dropped-iterations', 'target'), invalidatesRun: true })).toBe(
      'inconclusive',
    );
    expect(outcomeOf('broken', failed('dropped-iterations', 'target'))).toBe('broken');
  });
});
