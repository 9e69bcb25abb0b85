import { describe, expect, it } from 'vitest';
import type { Finding, Result, Validity } from '../model/result.ts';
import { buildPassingResult } from '../report/testing/build-result.ts';
import { judgeSelftestCase } from './selftest-case.ts';
import { selftestVerdict } from './selftest-verdict.ts';

const claims = ['CMP-MEDIAN', 'CMP-TAIL', 'CMP-BYTES'];

function finding(id: string, outcome: Finding['outcome']): Finding {
  return {
    ...{ id, outcome, title: id, why: 'test', source: [], gated: true, evidence: [], needs: null },
    quantity: {
      value: 1.05,
      unit: 'ratio',
      direction: 'lower-is-better',
      samples: 6,
      interval: [1.03, 1.07],
      confidence: 0.99,
    },
    ...{ limit: 1.02, unit: 'ratio', explanation: `the figures of ${id}` },
  };
}

function resultOf(outcomes: Partial<Record<string, Finding['outcome']>>, change: Partial<Result> = {}): Result {
  const findings = claims.map((id) => finding(id, outcomes[id] ?? 'holds'));
  return { ...buildPassingResult(), findings, validity: [], ...change };
}

const failedGuard: Validity = {
  ...{ id: 'foreign-cpu', scope: 'compare', ok: false, observed: 70, limit: 25, unit: '%' },
  why: 'Others took the machine.',
};

describe('judgeSelftestCase', () => {
  it('finds a regression only by the claim that must find it', () => {
    expect(judgeSelftestCase('CMP-TAIL', resultOf({ 'CMP-TAIL': 'broken' }))).toMatchObject({
      outcome: 'found',
      quantity: { value: 1.05 },
      limit: 1.02,
      alsoBroken: [],
      invalid: null,
    });
    expect(judgeSelftestCase('CMP-TAIL', resultOf({ 'CMP-BYTES': 'broken' }))).toMatchObject({
      outcome: 'missed',
      explanation: 'CMP-TAIL is said to hold: the figures of CMP-TAIL',
      alsoBroken: ['CMP-BYTES'],
    });
    expect(judgeSelftestCase('CMP-TAIL', resultOf({ 'CMP-TAIL': 'inconclusive' }))).toMatchObject({
      outcome: 'missed',
      explanation: 'CMP-TAIL is undecided: the figures of CMP-TAIL',
    });
  });

  it('misses what the policy does not let decide, however broken it is', () => {
    const findings = [{ ...finding('CMP-TAIL', 'broken'), gated: false, level: 'warn' as const }];
    const judged = judgeSelftestCase('CMP-TAIL', resultOf({}, { findings }));
    expect(judged).toMatchObject({ outcome: 'missed', invalid: null });
    expect(judged.explanation).toContain('CMP-TAIL is broken, but the policy does not let it decide');
  });

  it('proves nothing by identical arms of which nothing is decided', () => {
    const open = Object.fromEntries(claims.map((id) => [id, 'inconclusive' as const]));
    const judged = judgeSelftestCase(null, resultOf(open));
    expect(judged).toMatchObject({ outcome: 'quiet', invalid: 'CMP-MEDIAN, CMP-BYTES stayed undecided.' });
    expect(selftestVerdict([judged])).toBe('inconclusive');
    const ungated = claims.map((id) => ({ ...finding(id, 'holds'), gated: false }));
    expect(judgeSelftestCase(null, resultOf({}, { findings: ungated })).invalid).not.toBeNull();
  });

  it('proves nothing by identical arms unless the median and the costs are decided, and lists what stayed open', () => {
    const judged = judgeSelftestCase(null, resultOf({ 'CMP-BYTES': 'inconclusive', 'CMP-TAIL': 'inconclusive' }));
    expect(judged).toMatchObject({ invalid: 'CMP-BYTES stayed undecided.', open: ['CMP-TAIL', 'CMP-BYTES'] });
    const tail = judgeSelftestCase(null, resultOf({ 'CMP-TAIL': 'inconclusive' }));
    expect(tail).toMatchObject({ outcome: 'quiet', invalid: null, open: ['CMP-TAIL'] });
    expect(tail.explanation).toContain('Undecided stayed CMP-TAIL.');
    expect(judgeSelftestCase('CMP-BYTES', resultOf({ 'CMP-BYTES': 'broken' })).open).toBeUndefined();
  });

  it('misses what was not judged', () => {
    expect(judgeSelftestCase('CMP-ROWS', resultOf({}))).toMatchObject({
      outcome: 'missed',
      quantity: null,
      explanation: 'CMP-ROWS was not judged.',
    });
  });

  it('is quiet for identical arms unless a claim of the comparison is broken', () => {
    expect(judgeSelftestCase(null, resultOf({ 'CMP-TAIL': 'inconclusive' }))).toMatchObject({ outcome: 'quiet' });
    const alarm = judgeSelftestCase(null, resultOf({ 'CMP-BYTES': 'broken' }));
    expect(alarm).toMatchObject({ outcome: 'false-alarm', alsoBroken: [] });
    expect(alarm.explanation).toContain('CMP-BYTES is broken: the figures of CMP-BYTES');
  });

  it('says why a comparison proves nothing', () => {
    const invalid = 'guard foreign-cpu failed.';
    const result = resultOf({ 'CMP-TAIL': 'inconclusive' }, { validity: [failedGuard] });
    expect(judgeSelftestCase('CMP-TAIL', result)).toMatchObject({ outcome: 'missed', invalid });
    expect(judgeSelftestCase(null, result)).toMatchObject({ outcome: 'quiet', invalid });
    const ended = resultOf({}, { incomplete: 'k6 was killed' });
    expect(judgeSelftestCase(null, ended).invalid).toBe('it did not go to its end: k6 was killed');
    const elsewhere = resultOf({}, { validity: [{ ...failedGuard, scope: 'target' }] });
    expect(judgeSelftestCase(null, elsewhere).invalid).toBeNull();
  });
});

describe('selftestVerdict', () => {
  const found = { outcome: 'found', invalid: null } as const;
  const quiet = { outcome: 'quiet', invalid: null } as const;
  const missed = { outcome: 'missed', invalid: null } as const;
  const alarm = { outcome: 'false-alarm', invalid: null } as const;
  const vacuous = { outcome: 'missed', invalid: 'guard foreign-cpu failed.' } as const;

  it.each([
    ['pass', [found, quiet]],
    ['fail', [found, missed]],
    ['fail', [found, alarm]],
    ['pass', [{ ...found, invalid: 'guard foreign-cpu failed.' }, quiet]],
    ['fail', [{ ...alarm, invalid: 'guard foreign-cpu failed.' }]],
    ['fail', [vacuous, missed]],
    ['inconclusive', [found, vacuous]],
    ['inconclusive', [{ ...quiet, invalid: 'guard swap failed.' }]],
    ['inconclusive', []],
  ] as const)('is %s', (verdict, cases) => {
    expect(selftestVerdict(cases)).toBe(verdict);
  });
});
