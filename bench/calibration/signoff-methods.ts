/** The two latency claims of signoff as methods: the very functions and limits that a comparison is judged by. */
import { tailLevels } from '../../harness/claims/cmp-tail.ts';
import { comparedFigure } from '../../harness/claims/compared-figure.ts';
import { singleRequests } from '../../harness/claims/comparison-blocks.ts';
import { latencyEffect } from '../../harness/claims/latency-effect.ts';
import type { ComparisonGate, Thresholds } from '../../harness/model/thresholds.ts';
import { looksUpTo, wantedT } from '../../harness/statistics/planned-looks.ts';
import type { PairedLatencies } from '../../harness/statistics/tail-differences.ts';
import { tailStatistic } from '../../harness/statistics/tail-ratio.ts';
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

/** The interval of CMP-TAIL lies over the limit where the statistic at the limit is over its critical value: quicker than the interval. */
export function tailJudge(gate: ComparisonGate): Judge {
  const blocks: PairedLatencies[] = [];
  return (block): Decision | null => {
    blocks.push(singleRequests(block));
    const look = looksUpTo(blocks.length, 'late').at(-1);
    if (look?.blocks !== blocks.length || blocks.length < gate.minimumBlocks) return null;
    const statistics = (ratio: number) => tailLevels.map((level) => tailStatistic({ blocks, level, ratio }));
    const wanted = wantedT(look, gate.falseAlarm / tailLevels.length);
    if (statistics(gate.limit).some((statistic) => statistic > wanted)) return 'broken';
    const most = -wantedT(look, gate.falsePass);
    return statistics(gate.margin).every((statistic) => statistic < most) ? 'holds' : null;
  };
}
