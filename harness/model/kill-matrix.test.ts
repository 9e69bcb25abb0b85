import { describe, expect, it } from 'vitest';
import { flawsOf, idleProbes, matrixVerdict } from './kill-matrix.ts';
import { buildKillMatrix } from './testing/build-kill-matrix.ts';

const matrix = buildKillMatrix();
const [first, ...others] = matrix.mutants;
if (first === undefined) throw new Error('the fixture has no mutant');
const withFirst = (outcome: typeof first.outcome) => ({
  ...matrix,
  mutants: [{ ...first, outcome, killedBy: [], reason: 'of a test' }, ...others],
});

describe('matrixVerdict', () => {
  it('is a pass when every mutant was killed, or is known to change nothing', () => {
    expect(matrixVerdict(matrix)).toBe('pass');
    expect(matrixVerdict(withFirst('equivalent'))).toBe('pass');
    expect(matrixVerdict({ ...matrix, notTried: ['left-out'] })).toBe('pass');
  });

  it('fails for one survivor, whatever else is wrong', () => {
    expect(matrixVerdict(withFirst('survived'))).toBe('fail');
    const probes = matrix.probes.map((probe) => ({ ...probe, violations: 1 }));
    expect(matrixVerdict({ ...withFirst('survived'), probes })).toBe('fail');
  });

  it('is inconclusive of a mutant that could not be applied, of nothing tried, and of probes that prove nothing on the intact system', () => {
    expect(matrixVerdict(withFirst('not-applied'))).toBe('inconclusive');
    expect(matrixVerdict({ ...matrix, mutants: [] })).toBe('inconclusive');
    for (const change of [{ violations: 1 }, { controlFailures: 1 }, { undecided: 6 }, { controls: 0 }, { count: 0 }]) {
      const probes = matrix.probes.map((probe, index) => (index === 0 ? { ...probe, ...change } : probe));
      expect(matrixVerdict({ ...matrix, probes })).toBe('inconclusive');
    }
  });
});

it('names what speaks against a matrix', () => {
  expect(flawsOf(matrix)).toEqual({ unsound: [], survived: [], notApplied: [], notTried: [] });
  expect(flawsOf({ ...withFirst('survived'), notTried: ['left-out'] })).toMatchObject({
    survived: [first.id],
    notTried: ['left-out'],
  });
  expect(flawsOf(withFirst('not-applied')).notApplied).toEqual([first.id]);
});

describe('idleProbes', () => {
  it('are those that were tried on mutants and killed none', () => {
    expect(idleProbes(matrix).map(({ probe }) => probe)).toEqual(['sql: sequences of another tenant']);
  });

  it('tells probes of one name in two layers apart', () => {
    const [kill] = first.killedBy;
    if (kill === undefined) throw new Error('the first mutant was not killed');
    const [of] = matrix.probes.filter(({ probe }) => probe === kill.probe);
    if (of === undefined) throw new Error('its probe is not in the matrix');
    const twin = { ...of, layer: 'api' as const };
    expect(idleProbes({ ...matrix, probes: [...matrix.probes, twin] })).toContain(twin);
  });

  it('do not include what no mutant was asked for', () => {
    const mutants = matrix.mutants.filter(({ layer }) => layer === 'postgres');
    expect(idleProbes({ ...matrix, mutants }).every(({ layer }) => layer === 'sql' || layer === 'pool')).toBe(true);
  });
});
