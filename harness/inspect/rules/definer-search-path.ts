/** A function that runs as its owner and looks names up where its caller says. */
import { callableDefiners, escapeOf, signatureOf } from '../definer-functions.ts';
import { quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

export const definerSearchPath: Rule = {
  id: 'definer-search-path',
  level: 'error',
  title: 'SECURITY DEFINER function without a search path of its own',
  why: 'The caller’s search_path decides which table, function or operator its body means: a temporary table of the right name will do.',
  docs: documentation('sql-createfunction#SQL-CREATEFUNCTION-SECURITY'),
  find: (survey) =>
    callableDefiners(survey)
      .filter(({ fixedSearchPath }) => !fixedSearchPath)
      .map((routine) => {
        const signature = signatureOf(routine);
        return {
          object: signature,
          what: `runs as ${routine.owner} with whatever search_path its caller has`,
          fix: [`ALTER ROUTINE ${signature} SET search_path = pg_catalog, ${quoteName(routine.schema)}, pg_temp;`],
          ...(escapeOf(survey, routine) === null ? { level: 'warn' as const } : {}),
        };
      }),
};
