/** CPU and memory of every process, by scenario: CPU added up over the blocks, memory at its highest. */
import type { Evidence } from '../../model/claim.ts';
import type { Result } from '../../model/result.ts';

type ProcessSummary = Result['processes'][number];

export function processSummaries({ blocks }: Evidence): ProcessSummary[] {
  const groups = new Map<string, { sum: ProcessSummary; blocks: number }>();
  for (const { measurement } of blocks) {
    const { host } = measurement.artefacts;
    for (const use of host.ok ? host.value.processes : []) {
      const key = `${measurement.scenarioId}\n${use.name}`;
      const known = groups.get(key);
      const sum = known === undefined ? { scenario: measurement.scenarioId, ...use } : add(known.sum, use);
      groups.set(key, { sum, blocks: (known?.blocks ?? 0) + 1 });
    }
  }
  return [...groups.values()].map(({ sum, blocks: count }) => ({
    ...sum,
    cpuShareOfCores: sum.cpuShareOfCores / count,
  }));
}

function add(sum: ProcessSummary, use: Omit<ProcessSummary, 'scenario'>): ProcessSummary {
  return {
    ...sum,
    cpuSeconds: sum.cpuSeconds + use.cpuSeconds,
    cpuShareOfCores: sum.cpuShareOfCores + use.cpuShareOfCores,
    peakRssBytes: Math.max(sum.peakRssBytes, use.peakRssBytes),
  };
}
