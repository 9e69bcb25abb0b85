/** `signoff inspect`: looks for mistakes of tenant isolation in the catalogue of any Postgres database, and gives the SQL that mends them. */
import type { CatalogueFacts } from '../inspect/facts.ts';
import { inspectCatalogue, outcomeOf, type Inspection } from '../inspect/inspect.ts';
import { readCatalogue } from '../inspect/read-catalogue.ts';
import { SignoffError } from '../model/errors.ts';
import { exitCode } from '../model/exit-codes.ts';
import { describeAddress, withDatabase } from './database-address.ts';
import { inspectLines } from './inspect-lines.ts';
import { addInspectFlags, readInspectRequest, type InspectRequest } from './inspect-request.ts';
import type { Verb } from './verb.ts';

export const inspectVerb: Verb = {
  name: 'inspect',
  summary:
    'Inspect the row-level security of any Postgres database, read-only; each finding with the SQL that mends it.',
  configure: addInspectFlags,
  run: async (context, flags) => {
    const request = readInspectRequest(context, flags);
    const { address, parameters, ignores } = request;
    const facts = await withDatabase(address, context.signal, readCatalogue);
    requireNames(facts, request);
    const inspection = inspectCatalogue(facts, parameters, ignores);
    const outcome = outcomeOf(inspection);
    context.out(
      request.json
        ? `${JSON.stringify(documentOf(inspection, describeAddress(address)), null, 2)}\n`
        : inspectLines(inspection, describeAddress(address)),
    );
    return exitCode(outcome);
  },
};

/** A role or schema that does not exist would make its rules pass without having looked. */
function requireNames(facts: CatalogueFacts, { parameters }: InspectRequest): void {
  const logins = facts.roles.filter(({ login }) => login).map(({ name }) => name);
  const problems = [
    ...parameters.roles
      .filter((name) => !facts.roles.some((role) => role.name === name))
      .map(
        (name) =>
          `there is no role ${name}; ${logins.length === 0 ? 'none may log in' : `those that may log in are ${logins.join(', ')}`}`,
      ),
    ...parameters.schemas
      .filter((name) => !facts.schemas.some((schema) => schema.name === name))
      .map((name) => `there is no schema ${name}; there are ${facts.schemas.map((schema) => schema.name).join(', ')}`),
  ];
  if (problems.length > 0) throw new SignoffError('BAD_ARGUMENT', problems.join('; '));
}

/** The whole inspection as `--json` prints it. */
function documentOf(inspection: Inspection, database: string) {
  const { survey, findings, ignored, unmatched } = inspection;
  const outcome = outcomeOf(inspection);
  const count = (level: string) => findings.filter((finding) => finding.level === level).length;
  const tables = [...survey.tables, ...survey.children];
  return {
    schemaVersion: 1,
    database,
    serverVersion: survey.facts.serverVersion,
    ...{ outcome, exitCode: exitCode(outcome) },
    tenantColumn: survey.parameters.tenantColumn,
    setting: survey.parameters.setting,
    roles: survey.applicationRoles.map(({ name }) => name),
    rolesFrom: survey.rolesGiven ? 'given' : 'found',
    schemas: [...new Set(tables.map(({ schema }) => schema))],
    tables: tables.map(({ schema, name }) => `${schema}.${name}`),
    counts: { error: count('error'), warn: count('warn'), info: count('info'), ignored: ignored.length },
    ...{ findings, ignored, unmatched },
  };
}
