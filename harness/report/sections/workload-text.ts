/** A workload model in words. */
import type { Workload } from '../../model/scenario.ts';
import { formatCount, formatExact, thinSpace } from '../format/number.ts';

export function workloadText(workload: Workload): string {
  if (workload.kind === 'open') return `open, ${formatExact(workload.ratePerSecond)}${thinSpace}arrivals/s`;
  const thinking =
    workload.thinkTimeMs > 0 ? `think time ${formatExact(workload.thinkTimeMs / 1000)}${thinSpace}s` : 'no think time';
  return `closed, ${formatCount(workload.users)} ${workload.users === 1 ? 'user' : 'users'}, ${thinking}`;
}
