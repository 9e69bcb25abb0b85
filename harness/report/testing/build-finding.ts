/** Builds findings as the judges write them. */
import type { Quantity } from '../../model/quantity.ts';
import type { Finding } from '../../model/result.ts';

function milliseconds(value: number, samples: number): Quantity {
  return {
    value,
    unit: 'ms',
    direction: 'lower-is-better',
    samples,
    effectiveSamples: samples * 0.27,
    interval: [value * 0.92, value * 1.13],
    confidence: 0.95,
  };
}

export function ratio(value: number, samples: number, halfWidth = 0.02): Quantity {
  return {
    value,
    unit: 'ratio',
    direction: 'lower-is-better',
    samples,
    interval: [value - halfWidth, value + halfWidth],
    confidence: 0.95,
  };
}

export function violations(value: number, samples: number): Quantity {
  return {
    value,
    unit: 'count',
    direction: 'lower-is-better',
    samples,
    interval: [value, null],
    confidence: 0.95,
  };
}

/** A latency claim, decided by where the interval lies. */
export function latencyFinding(options: {
  id: string;
  title: string;
  source: string[];
  valueMs: number;
  limitMs: number;
  samples: number;
}): Finding {
  const quantity = milliseconds(options.valueMs, options.samples);
  const [low, high] = quantity.interval;
  const outcome =
    (high ?? Infinity) < options.limitMs ? 'holds' : (low ?? 0) >= options.limitMs ? 'broken' : 'inconclusive';
  const explanations = {
    holds: `The upper bound of the p99 lies below ${options.limitMs} ms.`,
    broken: `Even the lower bound of the p99 lies at or above ${options.limitMs} ms.`,
    inconclusive: `The limit of ${options.limitMs} ms lies inside the interval of the p99.`,
  };
  return {
    id: options.id,
    title: outcome === 'broken' ? `${options.title}: exceeded` : options.title,
    why: 'A trader who waits half a second trades on a price that is gone.',
    source: options.source,
    gated: true,
    outcome,
    quantity,
    limit: options.limitMs,
    unit: 'ms',
    explanation: explanations[outcome],
    needs: outcome === 'inconclusive' ? 'about 4,200 more independent samples' : null,
    evidence: [
      { label: 'lag-1 autocorrelation of one-second windows', quantity: null, outcome: null, note: '0.71' },
      { label: 'block 1', quantity: milliseconds(options.valueMs, options.samples), outcome: null, note: null },
    ],
  };
}

/** A claim that the profile does not measure. */
export function unmeasuredFinding(id: string, title: string, source: string[], limit: number): Finding {
  return {
    id,
    title,
    why: 'Growth is promised in steps of tenants.',
    source,
    gated: false,
    outcome: 'inconclusive',
    quantity: null,
    limit,
    unit: 'ms',
    explanation: 'Not measured in this profile.',
    needs: `a run with ${id === 'LAT-1KT' ? '1,000' : '10,000'} tenants`,
    evidence: [],
  };
}
