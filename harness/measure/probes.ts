/** Gathers how often every probe and control of the scripts ended how, from samples of the counter `isolation_probe`. */
import type { ProbeCount } from '../model/measurement.ts';
import { probeCountSchema } from '../model/measurement.ts';

/** Enough to see what kind of violation it is; the samples have no end when something is broken. */
const EXAMPLES_KEPT = 5;

/**
 * Counts probes. A script declares each probe with a sample of value 0 and the tag `declared`; one that was declared and
 * never ran comes out as one undecided outcome with an example that says so, because a probe that is skipped proves nothing.
 */
export class ProbeTally {
  readonly #counts = new Map<string, ProbeCount>();

  add(tags: Record<string, string>, value: number, detail: string | undefined): void {
    const count = this.#countOf(tags);
    if (value === 0) return;
    count.count += value;
    if (tags['result'] === 'violation') count.violations += value;
    else if (tags['result'] !== 'ok') count.undecided += value;
    if (detail !== undefined && count.examples.length < EXAMPLES_KEPT && !count.examples.includes(detail))
      count.examples.push(detail);
  }

  /** Every probe seen or declared, ordered by claim, name and kind. */
  counts(): ProbeCount[] {
    return [...this.#counts.values()].map(markIfNeverRun).sort((a, b) => compare(sortKey(a), sortKey(b)));
  }

  #countOf(tags: Record<string, string>): ProbeCount {
    const key = `${tags['claim']}|${tags['probe']}|${tags['kind']}`;
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const identity = { claim: tags['claim'], probe: tags['probe'], kind: tags['kind'] };
    const fresh = probeCountSchema.parse({ ...identity, count: 0, violations: 0, undecided: 0, examples: [] });
    this.#counts.set(key, fresh);
    return fresh;
  }
}

function markIfNeverRun(count: ProbeCount): ProbeCount {
  if (count.count > 0) return count;
  return { ...count, count: 1, undecided: 1, examples: ['declared by the script, but not run before the load ended'] };
}

function sortKey({ claim, probe, kind }: ProbeCount): string {
  return `${claim}|${probe}|${kind}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
