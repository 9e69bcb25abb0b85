/** Adds up what the same probes counted at several moments; examples say at which. */
import type { ProbeCount } from '../../model/measurement.ts';

export interface Moment {
  /** For instance "under load". */
  name: string;
  counts: readonly ProbeCount[];
}

const mostExamples = 5;

/** In order of first sight. */
export function addCounts(moments: readonly Moment[]): ProbeCount[] {
  const sums = new Map<string, ProbeCount>();
  for (const { name, counts } of moments) {
    for (const count of counts) {
      const key = [count.layer, count.claim, count.kind, count.probe].join('\n');
      const named = count.examples.map((example) => `${name}: ${example}`);
      const sum = sums.get(key);
      sums.set(key, sum === undefined ? { ...count, examples: named } : add(sum, { ...count, examples: named }));
    }
  }
  return [...sums.values()];
}

/** Where only one of both was violated, its examples come first: those of the other are of what stayed undecided. */
function add(first: ProbeCount, second: ProbeCount): ProbeCount {
  const [before, after] = first.violations === 0 && second.violations > 0 ? [second, first] : [first, second];
  return {
    ...first,
    count: first.count + second.count,
    violations: first.violations + second.violations,
    undecided: first.undecided + second.undecided,
    examples: [...before.examples, ...after.examples].slice(0, mostExamples),
  };
}
