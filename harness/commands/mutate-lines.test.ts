import { describe, expect, it } from 'vitest';
import { buildKillMatrix } from '../model/testing/build-kill-matrix.ts';
import { matrixLines, mutantLine } from './mutate-lines.ts';

const plain = { colour: false };
const matrix = buildKillMatrix();
const [first, ...others] = matrix.mutants;
if (first === undefined) throw new Error('the fixture has no mutant');
const missed = { ...first, outcome: 'survived' as const, killedBy: [], reason: 'no probe saw it' };

const compared = { ...first, seenInConfigurationOnly: true };

describe('mutantLine', () => {
  it('says where comparisons alone saw it', () => {
    expect(mutantLine(compared)).toContain('and 2 more, seen in the configuration only (2 s)');
    expect(mutantLine(first)).not.toContain('configuration');
  });

  it('says by which probe a mutant was killed', () => {
    expect(mutantLine(first)).toMatch(
      /✔ postgres policy-dropped +killed by sql: select from trades.* and 2 more \(2 s\)\n$/,
    );
  });

  it('says what went unseen, and why', () => {
    const text = mutantLine(missed);
    expect(text).toContain('✘ postgres policy-dropped');
    expect(text).toContain('SURVIVED');
    expect(text).toContain('one table has no policy any more: no probe saw it');
  });
});

describe('matrixLines', () => {
  it('sums up, and names the probes that killed nothing', () => {
    const text = matrixLines(plain, matrix, []);
    expect(text).toContain('PASS  7 killed, 10 probes, 4 min 08 s');
    expect(text).toContain('idle: 1 probe that killed none of them:\n    sql       sql: sequences of another tenant');
    expect(text).not.toContain('not tried');
  });

  it('ends with the verdict, after the probes that killed nothing and where the matrix lies', () => {
    const lines = matrixLines(plain, matrix, ['/of/the/matrix.json']).trimEnd().split('\n');
    expect(lines.at(-3)).toContain('/of/the/matrix.json');
    expect(lines.at(-2)).toContain('PASS');
    expect(lines.at(-1)).toContain('What was planted was noticed');
  });

  it('does not name idle probes, nor all that was left out, where only some mutants were tried', () => {
    const notTried = Array.from({ length: 60 }, (_, index) => `left-out-${index}`);
    const text = matrixLines(plain, { ...matrix, mutants: [first], notTried }, []);
    expect(text).not.toContain('idle');
    expect(text).toContain('not tried: 60 mutants');
    expect(text).not.toContain('left-out-59');
  });

  it('counts those that comparisons alone saw', () => {
    const text = matrixLines(plain, { ...matrix, mutants: [compared, ...others] }, []);
    expect(text).toContain('PASS  7 killed, 1 seen in the configuration only');
  });

  it('tells of a survivor, of what was left out, and of what was red on the intact system', () => {
    expect(matrixLines(plain, { ...matrix, mutants: [missed, ...others], notTried: ['left-out'] }, [])).toMatch(
      /not tried: left-out[\s\S]*FAIL {2}6 killed, 1 survived[\s\S]*A defect went unseen/,
    );
    const probes = matrix.probes.map((probe, index) =>
      index === 0 ? { ...probe, violations: 1, example: 'saw a foreign row' } : probe,
    );
    const red = matrixLines(plain, { ...matrix, probes, mutants: [] }, []);
    expect(red).toContain('INCONCLUSIVE');
    expect(red).toContain('not sound on the intact system:\n    foreign id: GET /v1/trades/:id (saw a foreign row)');
  });
});
