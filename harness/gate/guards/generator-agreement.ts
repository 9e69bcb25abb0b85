/** Guard: a second, independent generator measures the same latency as k6. */
import { type CrossCheck, crossCheckId } from '../../model/cross-check.ts';
import { measuredRows, type SampledBlock, startOf } from '../../model/measured-rows.ts';
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';
import { readSamples } from './read-samples.ts';

/**
 * The medians of the same request in the same seconds: the tail of some hundred requests is a matter of luck. Before that, both must have
 * sent what they say: the service counted their requests itself. Latencies of a generator that miscounts are compared with nothing.
 */
export const generatorAgreement: Guard = {
  id: 'generator-agreement',
  title: 'Difference of the median latency between k6 and a second generator',
  why: 'What only one of two independent generators sees is the generator’s own, and no latency that it measured may be believed.',
  bound: 'at-most',
  invalidatesRun: true,
  appliesTo: ({ id }) => id === crossCheckId,
  read: ({ blocks }) => {
    const checks = readArtefact(blocks, 'crossCheck');
    if ('unreadable' in checks) return checks;
    const samples = readSamples(blocks);
    if ('unreadable' in samples) return samples;
    const differences: { percent: number; detail: string }[] = [];
    for (const [index, block] of samples.sampled.entries()) {
      const check = checks.values[index] ?? null;
      if (check === null) return { unreadable: 'no second generator ran beside k6' };
      const fault = miscount(block, check);
      if (fault !== null) return { unreadable: fault };
      differences.push(compareMedians(block, check));
    }
    const worst = differences.reduce((a, b) => (b.percent > a.percent || Number.isNaN(b.percent) ? b : a));
    return { observed: worst.percent, detail: worst.detail };
  },
};

/** null where every request that both sent was served, and no other. */
function miscount({ samples }: SampledBlock, { generator, requests, failed, served }: CrossCheck): string | null {
  if (failed > 0) return `${failed} of ${requests} requests of ${generator} failed`;
  const ofK6 = samples.setup.reduce((sum, setup) => sum + (setup === 0 ? 1 : 0), 0);
  if (ofK6 + requests === served) return null;
  return `k6 says it sent ${ofK6} requests and ${generator} ${requests}, but the service counted ${served}`;
}

function compareMedians(block: SampledBlock, check: CrossCheck): { percent: number; detail: string } {
  const { samples } = block;
  const wanted = samples.endpoints.indexOf(check.endpoint);
  const together = measuredRows(block).filter((row) => {
    const startedAtMs = startOf(samples, row);
    return samples.endpoint[row] === wanted && startedAtMs >= check.fromMs && startedAtMs <= check.toMs;
  });
  const durations = Float64Array.from(together, (row) => samples.durationMs[row] ?? Number.NaN).sort();
  const ofK6 = durations[Math.ceil(durations.length / 2) - 1] ?? Number.NaN;
  const percent = (Math.max(ofK6, check.p50Ms) / Math.min(ofK6, check.p50Ms) - 1) * 100;
  const detail = `${ofK6.toFixed(2)} ms by k6, ${check.p50Ms.toFixed(2)} ms by ${check.generator}, of ${check.endpoint}`;
  return { percent, detail };
}
