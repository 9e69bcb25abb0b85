/** An inspection as text: findings by rule, gravest first, then what was looked at and what it comes to. */
import { likelyTenantColumns, outcomeOf, type Inspection } from '../inspect/inspect.ts';
import { findingLevels, type InspectFinding } from '../inspect/rule.ts';

const marks = { error: '✘', warn: '!', info: '·' } as const;

export function inspectLines(inspection: Inspection, database: string): string {
  const sections = findingLevels.flatMap((level) => {
    const found = inspection.findings.filter((finding) => finding.level === level);
    return [...Map.groupBy(found, ({ rule }) => rule).values()].flatMap(ruleLines);
  });
  return `${[...sections, ...lookedAt(inspection, database), ...sum(inspection)].join('\n')}\n`;
}

function ruleLines(findings: InspectFinding[]): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  return [
    `${marks[first.level]} ${first.title}  (${first.level}: ${first.rule})`,
    `  ${first.why}`,
    `  ${first.docs}`,
    ...findings.flatMap(({ object, what, fix }) => [
      `  - ${object}: ${what}`,
      ...fix.map((statement) => `      ${statement}`),
    ]),
    '',
  ];
}

function lookedAt({ survey, ignored, unmatched }: Inspection, database: string): string[] {
  const { facts, parameters, tables, children, applicationRoles, rolesGiven } = survey;
  const roles = applicationRoles.map(({ name }) => name).join(', ');
  const schemas = [...new Set([...tables, ...children].map(({ schema }) => schema))];
  return [
    `Looked at ${database}, Postgres ${Math.floor(facts.serverVersion / 10_000)}, as ${facts.user}:`,
    `  tables   ${tables.length} with the column ${parameters.tenantColumn}` +
      `${children.length > 0 ? ` and ${children.length} partitions or children of them` : ''}` +
      `${schemas.length > 0 ? `, in schema ${schemas.join(', ')}` : ''}; ${facts.relations.length} tables and views in all`,
    `  roles    ${roles === '' ? 'none' : roles} (${rolesGiven ? 'as given' : 'found by what they may do; --role names others'})`,
    `  setting  ${parameters.setting}`,
    ...ignored.map(
      ({ rule, object, reason }) => `  ignored  ${rule}:${object}${reason === null ? '' : `, because ${reason}`}`,
    ),
    ...unmatched.map(({ rule, object }) => `  ! --ignore ${rule}:${object} matched nothing`),
  ];
}

function sum(inspection: Inspection): string[] {
  const { survey, findings } = inspection;
  const count = (level: string) => findings.filter((finding) => finding.level === level).length;
  const counts = `${count('error')} errors, ${count('warn')} warnings, ${count('info')} notes`;
  const outcome = outcomeOf(inspection);
  if (outcome !== 'inconclusive') return ['', `${outcome}: ${counts}`];
  if (survey.tables.length + survey.children.length === 0) return ['', ...nothingToJudge(inspection)];
  const unclear = findings.filter(({ undecided }) => undecided === true);
  if (unclear.length > 0) {
    return [
      '',
      `inconclusive: ${counts}; ${unclear.length} ${unclear.length === 1 ? 'policy was' : 'policies were'} not understood, so isolation was not judged`,
      '→ Read them; accept by name what is right:',
      ...unclear.map(({ rule, object }) => `    --ignore '${rule}:${object}=why it binds the tenant'`),
    ];
  }
  return [
    '',
    `inconclusive: ${counts}; ${
      survey.rolesGiven ? 'the roles given may use no table or view' : 'no role of an application was found'
    }, so grants, views and functions were judged for nobody`,
    '→ Name the application’s roles with --role.',
  ];
}

function nothingToJudge({ survey: { facts, parameters } }: Inspection): string[] {
  const likely = likelyTenantColumns(facts).map(({ column, tables }) => `${column} (${tables} tables)`);
  return [
    `inconclusive: no table has a column ${parameters.tenantColumn}, so there was nothing to judge`,
    `→ Name the column with --tenant-column${likely.length > 0 ? `; there are ${likely.join(', ')}` : ''}.`,
  ];
}
