/** Facts and parameters → the findings of every rule, those that a person chose to ignore apart. Pure. */
import type { CatalogueFacts, InspectParameters } from './facts.ts';
import type { InspectFinding, Rule } from './rule.ts';
import { allRules } from './rules/all-rules.ts';
import { isUsed, surveyCatalogue, type Survey } from './survey.ts';

/** `--ignore RULE:OBJECT=reason`; the object * is all of them. */
export interface Ignored {
  rule: string;
  object: string;
  reason: string | null;
}

export interface Inspection {
  survey: Survey;
  findings: InspectFinding[];
  ignored: (InspectFinding & { reason: string | null })[];
  /** Those that matched nothing: the mistake is gone, or the name is wrong. */
  unmatched: Ignored[];
}

export function inspectCatalogue(
  facts: CatalogueFacts,
  parameters: InspectParameters,
  ignores: readonly Ignored[] = [],
): Inspection {
  const survey = surveyCatalogue(facts, parameters);
  const all = allRules.flatMap((rule) => findingsOf(rule, survey));
  const ignoreOf = (finding: InspectFinding) =>
    ignores.find(({ rule, object }) => rule === finding.rule && (object === '*' || object === finding.object));
  return {
    survey,
    findings: all.filter((finding) => ignoreOf(finding) === undefined),
    ignored: all.flatMap((finding) => {
      const ignore = ignoreOf(finding);
      return ignore === undefined ? [] : [{ ...finding, reason: ignore.reason }];
    }),
    unmatched: ignores.filter((ignore) => !all.some((finding) => ignoreOf(finding) === ignore)),
  };
}

function findingsOf({ id, level, find, ...rule }: Rule, survey: Survey): InspectFinding[] {
  return find(survey).map((problem) => ({ rule: id, ...rule, ...problem, level: problem.level ?? level }));
}

/** inconclusive: no table of tenants; or no error found, and a policy that was not understood or nobody whose rights could be judged. */
export function outcomeOf({ survey, findings }: Inspection): 'pass' | 'fail' | 'inconclusive' {
  if (survey.tables.length + survey.children.length === 0) return 'inconclusive';
  if (findings.some(({ level }) => level === 'error')) return 'fail';
  return isUsed(survey) && !findings.some(({ undecided }) => undecided === true) ? 'pass' : 'inconclusive';
}

/** Columns that stand in many tables and may be the tenant's under another name, most frequent first. */
export function likelyTenantColumns({ relations }: CatalogueFacts): { column: string; tables: number }[] {
  const likely =
    /(?:tenant|org|organi[sz]ation|account|customer|company|workspace|team|client|site)(?:_?(?:id|uuid|key))?$/i;
  const counts = new Map<string, number>();
  for (const { kind, columns } of relations) {
    if (kind !== 'table' && kind !== 'partitioned') continue;
    for (const { name } of columns) if (likely.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([column, tables]) => ({ column, tables }))
    .filter(({ tables }) => tables > 1)
    .sort((a, b) => b.tables - a.tables)
    .slice(0, 3);
}
