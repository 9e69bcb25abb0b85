/** A live comparison goes on for the claims that decide, and for no other. */
import { expect, it } from 'vitest';
import type { Level } from '../model/policy-entry.ts';
import { decidedComparison } from './decided-comparison.ts';
import { comparedRun } from './testing/compared-load.ts';
import { testThresholds } from './testing/test-thresholds.ts';

const moreRows = comparedRun({
  candidateCost: (cost) => ({ ...cost, rowsRead: cost.rowsRead === null ? null : cost.rowsRead * 3 }),
});

function withRowsAt(level: Level) {
  const { claims } = testThresholds;
  return { ...testThresholds, claims: { ...claims, 'CMP-ROWS': { ...claims['CMP-ROWS'], level } } };
}

it.each([
  ['error', ['CMP-ROWS']],
  ['warn', []],
  ['off', []],
] as const)('is decided by a broken claim of level %s as the gate is', (level, broken) => {
  expect(decidedComparison(moreRows, withRowsAt(level)).broken).toEqual(broken);
});

it('waits for no claim that is not gated because nobody can tell it', () => {
  const silent = comparedRun({ candidateCost: (cost) => ({ ...cost, rowsRead: null }) });
  expect(decidedComparison(silent, testThresholds, ['CMP-ROWS']).open).toEqual(['CMP-ROWS']);
  expect(decidedComparison(silent, testThresholds, ['CMP-STATEMENTS']).open).toEqual([]);
});
