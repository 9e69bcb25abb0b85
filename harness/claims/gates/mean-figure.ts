/** Means for gates of one's own, by batch means: the average latency, and requests per second. */
import type { Quantity } from '../../model/quantity.ts';
import { type Batch, type BatchMean, batchMeanInterval } from '../../statistics/batch-mean-interval.ts';
import { clopperPearson } from '../../statistics/clopper-pearson.ts';
import { studentTQuantile } from '../../statistics/student-t.ts';
import { numberText, roughText } from '../number-text.ts';
import type { RequestColumns } from '../request-columns.ts';
import {
  type FigureOf,
  type GateFigure,
  type GateQuestion,
  asCounted,
  directionOf,
  measuredMs,
  requestsIn,
} from './gate-figure.ts';

/** Schmeiser 1982, Operations Research 30:556: 10 to 30 batches; more make each so short that they are no longer independent. */
const batchesPerBlock = 10;
/** Requests of one second share its luck. */
const shortestBatchMs = 2_000;
/** Below it a count is too far from normal for batch means alone. */
const fewEvents = 30;
/** Beyond this the mean lies on the limit for every practical purpose. */
const mostMore = 1e5;

export const averageFigure: FigureOf = (question) => {
  const counted = asCounted(question.blocks, question.gate);
  return meanFigure(question, 'ms', counted.map(batchesOfLatency));
};

/** All requests count, as k6 counts them, also those that failed. */
export const requestRateFigure: FigureOf = (question) => {
  const figure = meanFigure(question, '1/s', question.blocks.map(batchesOfRate));
  return figure === null ? null : { ...figure, quantity: { ...figure.quantity, interval: withRare(figure, question) } };
};

/** Of a handful of events the batches tell no variance: then the bounds also cover what as many independent requests would show. */
function withRare({ quantity }: GateFigure, { blocks, population, confidence }: GateQuestion): Quantity['interval'] {
  const successes = requestsIn(blocks);
  const [lower, upper] = quantity.interval;
  if (successes >= fewEvents || lower === null || upper === null) return quantity.interval;
  const perSecond = (population * 1000) / measuredMs(blocks);
  const [low, high] = clopperPearson({ successes, trials: population, confidence });
  return [Math.min(lower, low * perSecond), Math.max(upper, high * perSecond)];
}

function meanFigure(
  { gate, blocks, population, confidence }: GateQuestion,
  unit: Quantity['unit'],
  batched: readonly Batch[][],
): ReturnType<FigureOf> {
  const found = batchMeanInterval(batched, confidence);
  if (found === null) return null;
  const samples = requestsIn(blocks);
  const few = population < gate.minimumSamples;
  return {
    quantity: { value: found.mean, unit, direction: directionOf(gate), samples, interval: found.interval, confidence },
    evidence: [{ label: 'batches', note: `mean of ${found.batches} batches of measured time` }],
    tooFew: few
      ? `${numberText(population)} requests are fewer than ${numberText(gate.minimumSamples)}`
      : found.interval[0] === null
        ? 'the measured time is too short to see how its requests hang together'
        : null,
    needs: few
      ? `about ${roughText(gate.minimumSamples - population)} more requests`
      : timeToDecide(found, gate.condition?.limit ?? 0, { confidence, measured: measuredMs(blocks) }),
  };
}

function timeToDecide(
  { mean, deviation, batches, interval }: BatchMean,
  limit: number,
  { confidence, measured }: { confidence: number; measured: number },
): string {
  if (interval[0] === null) return 'a measured time of at least twelve seconds';
  const distance = Math.abs(mean - limit);
  const wanted = distance === 0 ? Infinity : ((studentTQuantile(confidence, batches) * deviation) / distance) ** 2;
  if (wanted > mostMore * batches) return 'another limit, or another system: the mean lies on the limit';
  const seconds = (Math.max(1, wanted - batches) / batches) * (measured / 1000);
  return `about ${roughText(seconds)} more seconds of load`;
}

function batchesOfLatency(block: RequestColumns): Batch[] {
  const batches = emptyBatches(block, 0);
  block.startedAtMs.forEach((at, index) => {
    const batch = batches[batchAt(block, at, batches.length)];
    if (batch === undefined) return;
    batch.sum += block.durationMs[index] ?? 0;
    batch.weight += 1;
  });
  return batches;
}

function batchesOfRate(block: RequestColumns): Batch[] {
  const { length } = emptyBatches(block, 0);
  const batches = emptyBatches(block, (block.toMs - block.fromMs) / 1000 / length);
  block.startedAtMs.forEach((at) => {
    const batch = batches[batchAt(block, at, batches.length)];
    if (batch !== undefined) batch.sum += 1;
  });
  return batches;
}

function emptyBatches({ fromMs, toMs }: RequestColumns, weight: number): Batch[] {
  const length = Math.max(1, Math.min(batchesPerBlock, Math.floor((toMs - fromMs) / shortestBatchMs)));
  return Array.from({ length }, () => ({ sum: 0, weight }));
}

function batchAt({ fromMs, toMs }: RequestColumns, at: number, batches: number): number {
  return Math.min(batches - 1, Math.max(0, Math.floor(((at - fromMs) * batches) / (toMs - fromMs))));
}
