/** One look of a probe or a control at the system, and the sum of many. */
import type { ProbeCount } from '../../model/measurement.ts';
import type { ProbeLayer } from '../../model/probe-layer.ts';

export interface Look {
  probe: string;
  kind: 'probe' | 'control';
  outcome: 'ok' | 'violation' | 'undecided';
  /** What was seen, without secrets: shown where it is a violation or undecided. */
  detail: string;
  /** SEC-ISO where nothing else is said. */
  claim?: ProbeCount['claim'];
}

const mostExamples = 3;

/** One count for each kind of look, in order of first sight. */
export function countLooks(layer: ProbeLayer, looks: readonly Look[]): ProbeCount[] {
  const counts = new Map<string, ProbeCount>();
  for (const { probe, kind, outcome, detail, claim = 'SEC-ISO' } of looks) {
    const key = `${kind} ${probe}`;
    const found = counts.get(key);
    const count = found ?? { layer, claim, probe, kind, count: 0, violations: 0, undecided: 0, examples: [] };
    counts.set(key, count);
    count.count += 1;
    if (outcome === 'ok') continue;
    if (outcome === 'undecided') count.undecided += 1;
    else count.violations += 1;
    if (count.examples.length < mostExamples) count.examples.push(detail);
  }
  return [...counts.values()];
}
