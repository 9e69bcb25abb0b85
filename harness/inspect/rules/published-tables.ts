/** Tables of tenants in a logical publication. */
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Problem, type Rule } from '../rule.ts';

export const publishedTables: Rule = {
  id: 'published-tables',
  level: 'warn',
  title: 'Logical publication of tenants’ tables',
  why: 'Publications know no policies: every subscriber gets the rows of all tenants.',
  docs: documentation('logical-replication-security'),
  find: ({ facts, tables, children }) =>
    facts.publications.flatMap((publication): Problem[] => {
      const published = [...tables, ...children].filter(({ oid }) =>
        publication.relations.some(({ relation }) => relation === oid),
      );
      if (published.length === 0) return [];
      const name = quoteName(publication.name);
      const direct = published.filter(({ oid }) =>
        publication.relations.some((one) => one.relation === oid && one.direct),
      );
      const schemas = [...new Set(published.filter((table) => !direct.includes(table)).map(({ schema }) => schema))];
      return [
        {
          object: name,
          what: `publishes ${published.map((table) => table.name).join(', ')}`,
          fix: publication.allTables
            ? [`DROP PUBLICATION ${name};`]
            : [
                ...direct.map((table) => `ALTER PUBLICATION ${name} DROP TABLE ${qualifiedName(table)};`),
                ...schemas.map((schema) => `ALTER PUBLICATION ${name} DROP TABLES IN SCHEMA ${quoteName(schema)};`),
              ],
        },
      ];
    }),
};
