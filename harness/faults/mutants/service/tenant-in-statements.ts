/** The tenant in the text of every statement. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'tenant-in-statements',
  layer: 'service',
  title:
    'every statement names its tenant in a comment, for whoever looks for slow ones: all sessions of the role read it',
  claim: 'SEC-ISO',
  guarantee: 'The text of a statement is the same for all tenants; what is one tenant’s is in its values alone.',
  seenIn:
    'Query tags (marginalia, sqlcommenter, query logs of Ruby on Rails) with the tenant as one of the tags. PostgreSQL documentation, pg_stat_activity and pg_stat_statements: a role sees the texts of all its own sessions, and with one role for all tenants those are everybody’s.',
  mustBeSeenBy: ['sql'],
  replacements: [
    {
      file: 'database/database.ts',
      pattern: 'return (await run(batch, leadingResults[mode])) as RowsOf<Queries>;',
      // What is asked, not the beginning and the end of the transaction. Without names: Postgres would find another text under the
      // name of a prepared statement.
      replacement: `const tagged = batch.map((config) => {
        if (/^(begin|commit)|set_config/i.test(config.text)) return config;
        const { text, values } = config;
        return { text: \`\${text} /* tenant=\${tenantId} */\`, ...(values === undefined ? {} : { values }) };
      });
      return (await run(tagged, leadingResults[mode])) as RowsOf<Queries>;`,
    },
  ],
} satisfies Mutant;
