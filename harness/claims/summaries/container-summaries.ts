/** What every container used of its limits, by scenario: kills and restarts added up over the blocks, other figures at their worst. */
import type { Evidence } from '../../model/claim.ts';
import type { ContainerUse } from '../../model/container-use.ts';
import type { Result } from '../../model/result.ts';

type ContainerSummary = Result['containers'][number];

export function containerSummaries({ blocks }: Evidence): ContainerSummary[] {
  const groups = new Map<string, ContainerSummary>();
  for (const { measurement } of blocks) {
    const { containers } = measurement.artefacts;
    for (const use of containers.ok ? containers.value : []) {
      const key = `${measurement.scenarioId}\n${use.name}`;
      const one = ofBlock(measurement.scenarioId, use);
      const known = groups.get(key);
      groups.set(key, known === undefined ? one : worst(known, one));
    }
  }
  return [...groups.values()];
}

function ofBlock(scenario: string, use: ContainerUse): ContainerSummary {
  const { periods, throttledPeriods } = use;
  return {
    scenario,
    name: use.name,
    image: use.image,
    cpuLimit: use.cpuLimit,
    cpuCores: use.cpuCores,
    cpuShareOfLimit: use.cpuShareOfLimit,
    throttledShare: periods === 0 ? 0 : throttledPeriods / periods,
    throttledSeconds: use.throttledSeconds,
    memoryPeakBytes: use.memoryPeakBytes,
    memoryLimitBytes: use.memoryLimitBytes,
    oomKills: use.oomKills,
    restarts: use.restarts,
  };
}

function worst(one: ContainerSummary, other: ContainerSummary): ContainerSummary {
  const { cpuShareOfLimit: share } = one;
  const { cpuShareOfLimit: otherShare } = other;
  return {
    ...one,
    cpuCores: Math.max(one.cpuCores, other.cpuCores),
    cpuShareOfLimit: share === null || otherShare === null ? (share ?? otherShare) : Math.max(share, otherShare),
    throttledShare: Math.max(one.throttledShare, other.throttledShare),
    throttledSeconds: Math.max(one.throttledSeconds, other.throttledSeconds),
    memoryPeakBytes: Math.max(one.memoryPeakBytes, other.memoryPeakBytes),
    oomKills: one.oomKills + other.oomKills,
    restarts: one.restarts + other.restarts,
  };
}
