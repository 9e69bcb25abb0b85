/** Evidence → the figures that are kept from run to run, each with its interval; of the arm that is production. */
import { sampledBlocksOf } from '../claims/blocks-of.ts';
import { latencyPercentile } from '../claims/latency-percentile.ts';
import { type RequestColumns, requestColumns } from '../claims/request-columns.ts';
import type { Evidence } from '../model/claim.ts';
import { crossCheckId } from '../model/cross-check.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Metric } from '../model/metric.ts';
import type { Finding } from '../model/result.ts';
import { requestRate } from './request-rate.ts';

const percentiles = [50, 95, 99];
/** Of each bound, one-sided: as the gates' own. */
const confidence = 0.95;
/** No limit is asked about here: a failed request counts with the time it took, and the guard error-share watches how many there are. */
const noLimitMs = 0;

/** `findings`: of the same run, for what only a claim works out. What could not be measured has no entry. */
export function runMetrics(evidence: Evidence, findings: readonly Finding[]): Metric[] {
  return [...evidence.experiments.filter(isLoad).flatMap((one) => loadMetrics(evidence, one)), ...rlsCost(findings)];
}

/** A comparison of arms is kept as its ratio; probes ask for refusals, whose latency is nobody's; one request is no load. */
function isLoad({ arms, scenario }: Experiment): boolean {
  return arms.length === 1 && ![crossCheckId, 'isolation'].includes(scenario.id);
}

function loadMetrics(evidence: Evidence, { id, scenario }: Experiment): Metric[] {
  const found = sampledBlocksOf(evidence, id, []);
  if ('missing' in found) return [];
  const blocks = found.blocks.map((block) => requestColumns(block, 'rls'));
  const rate = requestRate(blocks, confidence);
  const rateMetric = { id: `${id}.rate`, experiment: id, title: `${scenario.title}, requests per second` };
  return [
    ...percentiles.flatMap((percentile) => percentileMetric({ id, title: scenario.title, blocks, percentile })),
    ...(rate === null ? [] : [{ ...rateMetric, quantity: rate }]),
  ];
}

function percentileMetric(of: {
  id: string;
  title: string;
  blocks: readonly RequestColumns[];
  percentile: number;
}): Metric[] {
  const { id, title, blocks, percentile } = of;
  const seen = latencyPercentile(blocks, { limit: noLimitMs, percentile, confidence });
  if (seen === null) return [];
  return [{ id: `${id}.p${percentile}`, experiment: id, title: `${title}, p${percentile}`, quantity: seen.quantity }];
}

function rlsCost(findings: readonly Finding[]): Metric[] {
  const quantity = findings.find(({ id }) => id === 'RLS-COST')?.quantity ?? null;
  if (quantity === null) return [];
  const title = 'Latency with row-level security, relative to the explicit filter';
  return [{ id: 'rls-cost.ratio', experiment: 'rls-cost', title, quantity }];
}
