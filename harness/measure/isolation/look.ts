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
  /** Behaviour where nothing else is said. */
  basis?: ProbeCount['basis'];
}

const mostExamples = 3;

export function asProbe(probe: string, outcome: Look['outcome'], detail: string): Look {
  return { probe, kind: 'probe', outcome, detail };
}

/** A probe that compares what is configured with what should be, and so sees a change that does no harm, too. */
export function asComparison(probe: string, outcome: Look['outcome'], detail: string): Look {
  return { ...asProbe(probe, outcome, detail), basis: 'configuration' };
}

export function asControl(probe: string, outcome: Look['outcome'], detail: string): Look {
  return { probe, kind: 'control', outcome, detail };
}

/** One count for each kind of look, in order of first sight. Examples of violations come before those of what stayed undecided. */
export function countLooks(layer: ProbeLayer, looks: readonly Look[]): ProbeCount[] {
  const counts = new Map<string, ProbeCount>();
  const byWeight = [...looks.filter(({ outcome }) => outcome === 'violation'), ...looks];
  for (const { probe, kind, outcome, claim = 'SEC-ISO', basis } of looks) {
    const key = `${kind} ${probe}`;
    const found = counts.get(key);
    const count: ProbeCount = found ?? {
      layer,
      claim,
      probe,
      kind,
      count: 0,
      violations: 0,
      undecided: 0,
      examples: [],
    };
    counts.set(key, count);
    count.count += 1;
    if (basis !== undefined) count.basis = basis;
    if (outcome === 'undecided') count.undecided += 1;
    if (outcome === 'violation') count.violations += 1;
  }
  for (const { probe, kind, outcome, detail } of byWeight) {
    const count = counts.get(`${kind} ${probe}`);
    if (count === undefined || outcome === 'ok' || count.examples.includes(detail)) continue;
    if (count.examples.length < mostExamples) count.examples.push(detail);
  }
  return [...counts.values()];
}
