/** The two latency claims of signoff as methods: the very functions and limits that a comparison is judged by. */
import { tailLevels, tailOutcome } from '../../harness/claims/cmp-tail.ts';
import { comparedFigure } from '../../harness/claims/compared-figure.ts';
import { singleRequests } from '../../harness/claims/comparison-blocks.ts';
import { latencyEffect } from '../../harness/claims/latency-effect.ts';
import type { ComparisonGate, Thresholds } from '../../harness/model/thresholds.ts';
import { looksUpTo } from '../../harness/statistics/planned-looks.ts';
import type { PairedLatencies } from '../../harness/statistics/tail-differences.ts';
import type { Decision, Judge, Method } from './method.ts';

export function signoffMethods({ claims }: Pick<Thresholds, 'claims'>): Method[] {
  return [
    { id: 'signoff', title: 'signoff (CMP-MEDIAN)', gate: 'median', begin: () => medianJudge(claims['CMP-MEDIAN']) },
    { id: 'signoff', title: 'signoff (CMP-TAIL)', gate: 'tail', begin: () => tailJudge(claims['CMP-TAIL']) },
  ];
}

export function medianJudge(gate: ComparisonGate): Judge {
  const values: number[] = [];
  return (block) => {
    values.push(...[latencyEffect(block) ?? []].flat());
    if (values.length < gate.minimumBlocks) return null;
    const { outcome } = comparedFigure({ values, gate, samples: 0, foresee: false });
    return outcome === 'inconclusive' ? null : outcome;
  };
}

/** Between two planned looks nothing can change. */
export function tailJudge(gate: ComparisonGate): Judge {
  const blocks: PairedLatencies[] = [];
  return (block): Decision | null => {
    blocks.push(singleRequests(block));
    if (looksUpTo(blocks.length, 'late').at(-1)?.blocks !== blocks.length) return null;
    const outcomes = tailLevels.map((level) => tailOutcome(blocks, gate, level));
    if (outcomes.includes('broken')) return 'broken';
    return outcomes.every((outcome) => outcome === 'holds') ? 'holds' : null;
  };
}
