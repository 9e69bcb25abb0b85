import { describe, expect, it } from 'vitest';
import type { Result } from '../../model/result.ts';
import * as other from '../testing/build-other-results.ts';
import { buildPassingResult } from '../testing/build-result.ts';
import { approvalConditions } from './approval-conditions.ts';

function outcomes(result: Result): Record<string, string> {
  return Object.fromEntries(approvalConditions(result).map(({ id, outcome }) => [id, outcome]));
}

function without(id: string): Result {
  const result = buildPassingResult();
  return { ...result, findings: result.findings.filter((finding) => finding.id !== id) };
}

describe('approvalConditions', () => {
  it('are met by their findings; the runbook is never green', () => {
    expect(outcomes(buildPassingResult())).toEqual({ 'AC-1': 'holds', 'AC-2': 'holds', 'AC-3': 'not-measured' });
  });

  it('are broken by one of two load findings', () => {
    expect(outcomes(other.buildFailingResult())['AC-2']).toBe('broken');
  });

  it('are open while one of two load findings is open or missing', () => {
    expect(outcomes(other.buildInconclusiveResult())['AC-2']).toBe('inconclusive');
    expect(outcomes(without('LAT-500-TARGET'))['AC-2']).toBe('inconclusive');
  });

  it('are not measured where nothing was', () => {
    expect(new Set(Object.values(outcomes(other.buildEmptyResult())))).toEqual(new Set(['not-measured']));
  });

  it('are not decided by the open load beside them', () => {
    const result = buildPassingResult();
    const open = result.findings.find((finding) => finding.id === 'LAT-500-TARGET-OPEN');
    expect(open).toBeDefined();
    if (open !== undefined) open.outcome = 'broken';
    expect(outcomes(result)['AC-2']).toBe('holds');
    const supporting = approvalConditions(result)[1]?.supportedBy.map((finding) => finding.id);
    expect(supporting).toEqual(['LAT-500-BASELINE-OPEN', 'LAT-500-TARGET-OPEN']);
  });
});
