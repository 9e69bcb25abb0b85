/** What is shown of one experiment: rates, percentiles, endpoints, time and distribution. Shown, not judged. */
import type { MeasuredBlock } from '../../model/claim.ts';
import type { Experiment } from '../../model/experiment.ts';
import type { SampledBlock } from '../../model/measured-rows.ts';
import type { ScenarioSummary } from '../../model/result.ts';
import { latencyDistribution } from './latency-distribution.ts';
import { latencySeries } from './latency-series.ts';
import { latencySummary } from './latency-summary.ts';
import { type ShownRequests, shownRequests } from './shown-requests.ts';

/** `blocks`: those of the experiment; what could not be read of them is left out, and the guards say so. */
export function scenarioSummary(experiment: Experiment, blocks: readonly MeasuredBlock[]): ScenarioSummary {
  const sampled = blocks.filter((block): block is MeasuredBlock & SampledBlock => block.samples !== null);
  const requests = merge(sampled.map((block) => shownRequests(block, experiment)));
  const first = sampled[0];
  const { id, title, workload } = experiment.scenario;
  return {
    id,
    title,
    workload,
    blocks: blocks.length,
    ...rates(blocks),
    ...latencySummary(requests.durationMs),
    endpoints: endpointSummaries(requests),
    series: first === undefined ? [] : latencySeries(first, experiment),
    distribution: latencyDistribution(requests.durationMs),
  };
}

type Rates = Pick<ScenarioSummary, 'requests' | 'errors' | 'offeredPerSecond' | 'achievedPerSecond'>;

/** As the generator counted them, over all arms; rates are means over the blocks. */
function rates(blocks: readonly MeasuredBlock[]): Rates {
  const generators = blocks.flatMap(({ measurement }) => {
    const { generator } = measurement.artefacts;
    return generator.ok ? [generator.value] : [];
  });
  const total = (valueOf: (generator: (typeof generators)[number]) => number) =>
    generators.reduce((sum, generator) => sum + valueOf(generator), 0);
  const blocksOrOne = Math.max(1, generators.length);
  return {
    requests: total((generator) => generator.requests),
    errors: total((generator) => generator.errors),
    offeredPerSecond: total((generator) => generator.offeredPerSecond) / blocksOrOne,
    achievedPerSecond: total((generator) => generator.achievedPerSecond) / blocksOrOne,
  };
}

function endpointSummaries({ durationMs, failed, endpoint }: ShownRequests): ScenarioSummary['endpoints'] {
  return [...new Set(endpoint)].sort().map((name) => {
    const isOfName = (_: number, index: number) => endpoint[index] === name;
    const durations = durationMs.filter(isOfName);
    const errors = failed.filter(isOfName).reduce((sum, one) => sum + one, 0);
    return { endpoint: name, requests: durations.length, errors, ...latencySummary(durations) };
  });
}

function merge(parts: readonly ShownRequests[]): ShownRequests {
  return {
    startedAtMs: mergeFloats(parts.map((part) => part.startedAtMs)),
    durationMs: mergeFloats(parts.map((part) => part.durationMs)),
    failed: Uint8Array.from(parts.flatMap((part) => [...part.failed])),
    endpoint: parts.flatMap((part) => part.endpoint),
  };
}

function mergeFloats(columns: readonly Float64Array[]): Float64Array {
  const merged = new Float64Array(columns.reduce((total, column) => total + column.length, 0));
  columns.reduce((offset, column) => {
    merged.set(column, offset);
    return offset + column.length;
  }, 0);
  return merged;
}
