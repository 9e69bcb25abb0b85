/** Reads the catalogue of a database: nothing but SELECT, in one read-only snapshot, with rights that every role has. */
import type { Client } from 'pg';
import { SignoffError } from '../model/errors.ts';
import { askThrough, grantsOf, type Ask } from './catalogue/ask.ts';
import { readFunctions, readTriggers } from './catalogue/read-functions.ts';
import { readForeignKeys, readIndexes } from './catalogue/read-keys.ts';
import { readPolicies } from './catalogue/read-policies.ts';
import { readRelations, readRewriteRules } from './catalogue/read-relations.ts';
import { readMemberships, readPresets, readPublications, readRoles, readSchemas } from './catalogue/read-roles.ts';
import type { CatalogueFacts } from './facts.ts';

/** Older ones lack functions that are asked here, and get no fixes from their makers. */
const OLDEST_VERSION = 140_000;
/** Catalogues of ten thousand tables take about a second. */
const STATEMENT_TIMEOUT = '30s';

export async function readCatalogue(client: Client): Promise<CatalogueFacts> {
  // Said in the transaction, not in the session: a pooler hands the session on to others.
  await client.query('begin isolation level repeatable read, read only');
  await client.query(`set local statement_timeout = '${STATEMENT_TIMEOUT}'`);
  const facts = await readFacts(askThrough(client));
  await client.query('rollback');
  return facts;
}

async function readFacts(ask: Ask): Promise<CatalogueFacts> {
  const [server] = await ask<
    Pick<CatalogueFacts, 'serverVersion' | 'database' | 'databaseOwner' | 'databaseGrants' | 'user'>
  >(
    `select current_setting('server_version_num')::int as "serverVersion", current_database() as database,
       current_user as user, pg_get_userbyid(datdba) as "databaseOwner",
       ${grantsOf("coalesce(datacl, acldefault('d', datdba))", 'datdba')} as "databaseGrants"
     from pg_database where datname = current_database()`,
  );
  if (server === undefined || server.serverVersion < OLDEST_VERSION) {
    const major = Math.floor((server?.serverVersion ?? 0) / 10_000);
    throw new SignoffError('BAD_ARGUMENT', `Postgres ${major} is too old to be inspected`, {
      hint: 'Postgres 14 or later is needed.',
    });
  }
  return {
    ...server,
    schemas: await readSchemas(ask),
    relations: await readRelations(ask),
    policies: await readPolicies(ask),
    indexes: await readIndexes(ask),
    foreignKeys: await readForeignKeys(ask),
    functions: await readFunctions(ask),
    triggers: await readTriggers(ask),
    rewriteRules: await readRewriteRules(ask),
    roles: await readRoles(ask),
    memberships: await readMemberships(ask),
    presets: await readPresets(ask),
    publications: await readPublications(ask),
  };
}
