/** Builds the result of a live comparison in which the candidate is slower, and one claim could not be decided. */
import type { Finding, Result } from '../../model/result.ts';
import { ratio } from './build-finding.ts';
import { buildPassingResult } from './build-result.ts';

interface Compared {
  id: string;
  title: string;
  value: number;
  limit: number;
  outcome: Finding['outcome'];
}

function compared({ id, title, value, limit, outcome }: Compared): Finding {
  return {
    id,
    title,
    why: 'A build that costs more is found before it is merged, or by the customers afterwards.',
    source: ['COMPARE'],
    gated: true,
    outcome,
    quantity: ratio(value, 4_812, 0.011),
    limit,
    margin: limit + 0.05,
    unit: 'ratio',
    explanation: `The candidate takes ${value} times as long, over 12 blocks.`,
    needs: outcome === 'inconclusive' ? 'about 9 more blocks' : null,
    evidence: [{ label: 'trades.list', quantity: ratio(value + 0.01, 601, 0.03), outcome: null, note: null }],
  };
}

export function buildComparisonResult(): Result {
  const result = buildPassingResult();
  const [scenario] = result.scenarios;
  return {
    ...result,
    runId: '20261122T150000Z-compare-9f3c',
    verdict: 'fail',
    exitCode: 1,
    reasons: ['CMP-MEDIAN is broken: the candidate takes 1.051 times as long.'],
    profile: 'compare',
    comparison: {
      base: {
        ref: 'main',
        kind: 'revision',
        commit: '0123456789abcdef0123456789abcdef01234567',
        dirty: false,
        contentHash: 'a'.repeat(64),
        regression: null,
      },
      candidate: {
        ref: '.',
        kind: 'folder',
        commit: 'fedcba9876543210fedcba9876543210fedcba98',
        dirty: true,
        contentHash: 'b'.repeat(64),
        regression: 'busy-cpu',
      },
    },
    scenarios: scenario === undefined ? [] : [{ ...scenario, id: 'compare', title: 'Two builds side by side' }],
    findings: [
      compared({ id: 'CMP-MEDIAN', title: 'The candidate is slower', value: 1.051, limit: 1.02, outcome: 'broken' }),
      compared({ id: 'CMP-TAIL', title: 'The tail is no longer', value: 1.04, limit: 1.1, outcome: 'inconclusive' }),
      compared({ id: 'CMP-STATEMENTS', title: 'No more statements', value: 1, limit: 1.02, outcome: 'holds' }),
    ],
  };
}
