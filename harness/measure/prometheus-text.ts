/** Reads the Prometheus text format 0.0.4: name, labels, value; comments and time stamps are passed over. */

export interface MetricSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+\d+)?$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g;

/** All samples of an exposition. Throws on a line that is none: half-read figures would be wrong ones. */
export function parsePrometheusText(text: string): MetricSample[] {
  const samples: MetricSample[] = [];
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, name, labels = '', value = ''] = LINE.exec(trimmed) ?? [];
    if (name === undefined) throw new Error(`not a line of the Prometheus text format: ${trimmed.slice(0, 120)}`);
    samples.push({ name, labels: readLabels(labels), value: readValue(value) });
  }
  return samples;
}

function readLabels(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(LABEL)].map(([, name = '', value = '']) => [name, unescape(value)]));
}

function unescape(value: string): string {
  return value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}

function readValue(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return Number(text);
}

/**
 * Sum over all samples of a name that match; 0 where there are none, as a counter that was never raised is not exposed.
 */
export function sumOf(
  samples: MetricSample[],
  name: string,
  matches: (sample: MetricSample) => boolean = () => true,
): number {
  return samples.filter((sample) => sample.name === name && matches(sample)).reduce((sum, { value }) => sum + value, 0);
}

/** Largest value of a gauge; null where it is not exposed. */
export function maxOf(samples: MetricSample[], name: string): number | null {
  const values = samples.filter((sample) => sample.name === name).map(({ value }) => value);
  return values.length === 0 ? null : Math.max(...values);
}

/** Value of a counter, its series added up; null where it is not exposed, which for one without labels is not 0. */
export function counterOf(samples: MetricSample[], name: string): number | null {
  return samples.some((sample) => sample.name === name) ? sumOf(samples, name) : null;
}
