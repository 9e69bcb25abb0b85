/** Puts one text everywhere in a result where a text is free, so that a test can see what a page makes of it. */
import type { RecordedKillMatrix } from '../../model/kill-matrix.ts';
import type { Result } from '../../model/result.ts';

/** Fields that decide what is drawn, or that the schema ties to a few words. */
const kept = new Set(
  'unit direction outcome verdict startedAt judgedAt schemaVersion id claim workload isolation'.split(' '),
);

function replace(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((item) => replace(item, text));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, kept.has(name) ? inner : replace(inner, text)]),
  );
}

/** Ids and the schema's own words stay; the names of versions and settings, and the probes, are texts too. */
export function fillWithText(result: Result, text: string): Result {
  const filled = replace(result, text) as Result;
  const { environment, isolation } = result;
  return {
    ...filled,
    environment: {
      ...filled.environment,
      kind: environment.kind,
      versions: { [text]: text },
      settings: { [text]: text },
    },
    isolation: {
      ...isolation,
      rows: isolation.rows.map((row) => ({ ...row, probe: text, examples: [text] })),
      mutants: [{ id: text, layer: text, outcome: text }],
      ...(isolation.matrix === undefined ? {} : { matrix: fillMatrix(isolation.matrix, text) }),
    },
  };
}

function fillMatrix(recorded: RecordedKillMatrix, text: string): RecordedKillMatrix {
  const { matrix } = recorded;
  if (matrix === null) return recorded;
  const about = { version: text, commit: text, fingerprint: text, notTried: [text] };
  const probes = matrix.probes.map((probe) => ({ ...probe, probe: text, claim: text }));
  const mutants = matrix.mutants.map((mutant) => ({
    ...{ ...mutant, id: text, title: text, claim: text, coveredBy: text, reason: text },
    killedBy: mutant.killedBy.map((kill) => ({ ...kill, probe: text, example: text })),
  }));
  return { ...recorded, fingerprint: text, matrix: { ...matrix, ...about, probes, mutants } };
}
