/** Probes and controls of all blocks, summed up by what was probed. */
import type { Evidence } from '../model/claim.ts';
import type { ProbeCount } from '../model/measurement.ts';
import type { Result } from '../model/result.ts';

export type ProbeRow = Result['isolation']['rows'][number] & {
  /** Controls that got an answer that says anything. */
  decidedControls: number;
  controlExamples: string[];
};

const mostExamples = 5;

/** One row per claim, layer and probe, in order of first sight. Blocks without the artefact add nothing: the judge looks for them. */
export function probeRows(evidence: Evidence): ProbeRow[] {
  const rows = new Map<string, ProbeRow>();
  for (const { measurement } of evidence.blocks) {
    const { probes } = measurement.artefacts;
    for (const count of probes.ok ? probes.value : []) {
      const key = `${count.claim}\n${count.layer}\n${count.probe}`;
      const row = rows.get(key) ?? emptyRow(count);
      rows.set(key, count.kind === 'probe' ? withProbe(row, count) : withControl(row, count));
    }
  }
  return [...rows.values()];
}

function emptyRow({ claim, layer, probe }: ProbeCount): ProbeRow {
  const counts = { probes: 0, leaks: 0, undecided: 0, controls: 0, controlFailures: 0, decidedControls: 0 };
  return { claim, layer, probe, ...counts, examples: [], controlExamples: [] };
}

function withProbe(row: ProbeRow, { count, violations, undecided, examples }: ProbeCount): ProbeRow {
  return {
    ...row,
    probes: row.probes + count,
    leaks: row.leaks + violations,
    undecided: row.undecided + undecided,
    // Examples of what stayed undecided are no examples of a leak.
    examples: violations === 0 ? row.examples : [...row.examples, ...examples].slice(0, mostExamples),
  };
}

function withControl(row: ProbeRow, { count, violations, undecided, examples }: ProbeCount): ProbeRow {
  return {
    ...row,
    controls: row.controls + count,
    controlFailures: row.controlFailures + violations,
    decidedControls: row.decidedControls + count - undecided,
    controlExamples:
      violations === 0 ? row.controlExamples : [...row.controlExamples, ...examples].slice(0, mostExamples),
  };
}
