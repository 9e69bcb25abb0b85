/**
 * Gathers how often every probe and control of the scripts ended how, from samples of the counter `isolation_probe`.
 */
import type { ProbeCount } from '../model/measurement.ts';
import { probeCountSchema } from '../model/measurement.ts';

/** Enough to see what kind of violation it is; the samples have no end when something is broken. */
const EXAMPLES_KEPT = 5;

interface Entry {
  count: ProbeCount;
  ofViolations: Set<string>;
  ofUndecided: Set<string>;
}

/**
 * Counts probes. A script declares each probe with a sample of value 0 and the tag `declared`; one that was declared
 * and never ran comes out with a count of 0 and an example that says so, because a probe that is skipped proves nothing.
 */
export class ProbeTally {
  readonly #entries = new Map<string, Entry>();

  add(tags: Record<string, string>, value: number, detail: string | undefined): void {
    const { count, ofViolations, ofUndecided } = this.#entryOf(tags);
    if (value === 0) return;
    count.count += value;
    const violated = tags['result'] === 'violation';
    if (violated) count.violations += value;
    else if (tags['result'] !== 'ok') count.undecided += value;
    const examples = violated ? ofViolations : ofUndecided;
    if (detail !== undefined && examples.size < EXAMPLES_KEPT) examples.add(detail);
  }

  /** Every probe seen or declared, ordered by claim, name and kind; of the examples those of violations first. */
  counts(): ProbeCount[] {
    return [...this.#entries.values()].map(finish).sort((a, b) => compare(sortKey(a), sortKey(b)));
  }

  #entryOf(tags: Record<string, string>): Entry {
    const key = `${tags['claim']}|${tags['probe']}|${tags['kind']}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const identity = { claim: tags['claim'], probe: tags['probe'], kind: tags['kind'] };
    const count = probeCountSchema.parse({ ...identity, count: 0, violations: 0, undecided: 0, examples: [] });
    const fresh = { count, ofViolations: new Set<string>(), ofUndecided: new Set<string>() };
    this.#entries.set(key, fresh);
    return fresh;
  }
}

function finish({ count, ofViolations, ofUndecided }: Entry): ProbeCount {
  if (count.count === 0) {
    return { ...count, examples: ['never sent: declared by the script, but not run before the load ended'] };
  }
  return { ...count, examples: [...ofViolations, ...ofUndecided].slice(0, EXAMPLES_KEPT) };
}

function sortKey({ claim, probe, kind }: ProbeCount): string {
  return `${claim}|${probe}|${kind}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
