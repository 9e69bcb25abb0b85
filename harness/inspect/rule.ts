/** What a rule of the inspection is: pure, one mistake, and for each place of it the SQL that mends it. */
import type { Survey } from './survey.ts';

/** error: rows can reach another tenant, or the protection can be switched off. warn: a step short of that, or slow. info: good to know. */
export const findingLevels = ['error', 'warn', 'info'] as const;
export type FindingLevel = (typeof findingLevels)[number];

/** One place of the mistake. */
export interface Problem {
  /** What `--ignore RULE:OBJECT` names. */
  object: string;
  what: string;
  /** Statements in order; each can be run again without harm where SQL has a way to say so. */
  fix: string[];
  /** Where it differs from the rule's. */
  level?: FindingLevel;
}

export interface Rule {
  id: string;
  level: FindingLevel;
  title: string;
  why: string;
  /** The page of the Postgres documentation that says so. */
  docs: string;
  /** A finding of it means that isolation was not judged: there is no pass until a person accepts it by name. */
  undecided?: true;
  find: (survey: Survey) => Problem[];
}

export interface InspectFinding extends Problem {
  rule: string;
  level: FindingLevel;
  title: string;
  why: string;
  docs: string;
  undecided?: true;
}

/** `page` without its ending, with or without an anchor: 'ddl-rowsecurity' or 'sql-createpolicy#NOTES'. */
export function documentation(page: string): string {
  const [name = page, anchor] = page.split('#');
  return `https://www.postgresql.org/docs/current/${name}.html${anchor === undefined ? '' : `#${anchor}`}`;
}
