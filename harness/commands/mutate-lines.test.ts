import { describe, expect, it } from 'vitest';
import { buildKillMatrix } from '../model/testing/build-kill-matrix.ts';
import { matrixLines, mutantLine } from './mutate-lines.ts';

const plain = { colour: false };
const matrix = buildKillMatrix();
const [first, ...others] = matrix.mutants;
if (first === undefined) throw new Error('the fixture has no mutant');
const missed = { ...first, outcome: 'survived' as const, killedBy: [], reason: 'no probe saw it' };

describe('mutantLine', () => {
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
    const text = matrixLines(plain, matrix);
    expect(text).toContain('PASS  7 killed, 10 probes, 4 min 08 s');
    expect(text).toContain('idle: 1 probes that killed none of them:\n    sql: sequences of another tenant');
    expect(text).not.toContain('not tried');
  });

  it('tells of a survivor, of what was left out, and of what was red on the intact system', () => {
    expect(matrixLines(plain, { ...matrix, mutants: [missed, ...others], notTried: ['left-out'] })).toMatch(
      /FAIL {2}6 killed, 1 survived[\s\S]*A defect went unseen[\s\S]*not tried: left-out/,
    );
    const probes = matrix.probes.map((probe, index) =>
      index === 0 ? { ...probe, violations: 1, example: 'saw a foreign row' } : probe,
    );
    const red = matrixLines(plain, { ...matrix, probes, mutants: [] });
    expect(red).toContain('INCONCLUSIVE');
    expect(red).toContain('not sound on the intact system:\n    foreign id: GET /v1/trades/:id (saw a foreign row)');
  });
});
