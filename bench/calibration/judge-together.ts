/** All claims about latency and CPU over one drawn comparison of identical builds: does any of them ever call it slower? */
import { endpointFigures } from '../../harness/claims/cmp-endpoint.ts';
import { tenantFigures } from '../../harness/claims/cmp-tenant.ts';
import { comparedFigure } from '../../harness/claims/compared-figure.ts';
import type { Thresholds } from '../../harness/model/thresholds.ts';
import { looksUpTo } from '../../harness/statistics/planned-looks.ts';
import type { RecordedBlock } from './recording.ts';
import { medianJudge, tailJudge } from './signoff-methods.ts';

/** At every planned look up to so many blocks, whatever was decided before. */
export function everBroken(next: () => RecordedBlock, { claims }: Thresholds, atMost: number): boolean {
  const judges = [medianJudge(claims['CMP-MEDIAN']), tailJudge(claims['CMP-TAIL'])];
  const looks = new Set(looksUpTo(atMost, 'early').map(({ blocks }) => blocks));
  const blocks: RecordedBlock[] = [];
  for (let count = 1; count <= atMost; count += 1) {
    const block = next();
    blocks.push(block);
    const called = judges.map((judge) => judge(block));
    if (called.includes('broken')) return true;
    if (!looks.has(count)) continue;
    const figures = [
      ...endpointFigures(blocks, claims['CMP-ENDPOINT']).map(({ figure }) => figure),
      ...tenantFigures(blocks, claims['CMP-TENANT']).figures.map(({ figure }) => figure),
      ...cpuFigure(blocks, claims['CMP-CPU']),
    ];
    if (figures.some(({ outcome }) => outcome === 'broken')) return true;
  }
  return false;
}

function cpuFigure(blocks: readonly RecordedBlock[], gate: Thresholds['claims']['CMP-CPU']) {
  const values = blocks.flatMap(({ baseCpuMs, candidateCpuMs }) =>
    baseCpuMs === null || candidateCpuMs === null ? [] : [Math.log(candidateCpuMs / baseCpuMs)],
  );
  return values.length === 0 ? [] : [comparedFigure({ values, gate, samples: 0 })];
}
