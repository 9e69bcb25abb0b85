/** Who the services are in Postgres, and whether row security stands: read before and after a block, and compared. */
import type { Client } from 'pg';
import { z } from 'zod';
import type { Measurement } from '../model/measurement.ts';
import type { ServiceInstance } from '../model/system.ts';
import type { ArmDatabase } from './arm-databases.ts';
import { httpGet } from './http-get.ts';

type PostgresFacts = Extract<Measurement['artefacts']['postgres'], { ok: true }>['value'];

/** `users` and the nine domain tables. */
export const PROTECTED_TABLES = [
  'users',
  'portfolios',
  'strategies',
  'signals',
  'orders',
  'trades',
  'positions',
  'risk_limits',
  'risk_snapshots',
  'audit_events',
] as const;

export interface SecurityFacts extends Pick<PostgresFacts, 'roles' | 'tables'> {
  /** Every policy in full, so that one exchanged for another is noticed. */
  policies: string[];
}

const readySchema = z.object({ databaseUser: z.string().min(1) });

/** Each arm in the database that it uses: a table that is owned, or open, in another says nothing of it. */
export async function readEveryDatabase(
  databases: readonly ArmDatabase[],
  services: readonly ServiceInstance[],
): Promise<SecurityFacts> {
  const all: SecurityFacts = { roles: [], tables: [], policies: [] };
  for (const { client, own, arms } of databases) {
    const tables = await readTables(client);
    all.tables.push(...tables.map((table) => (own === undefined ? table : { ...table, database: own })));
    const policies = await readPolicies(client);
    all.policies.push(...policies.map((policy) => (own === undefined ? policy : `${own} | ${policy}`)));
    for (const service of services.filter(({ arm }) => arms.includes(arm))) {
      all.roles.push(await readRole(client, service));
    }
  }
  return all;
}

/**
 * The service says itself who it is: `select current_user` over its own pool. A service that is not ready has no role.
 */
async function readRole(client: Client, service: ServiceInstance): Promise<PostgresFacts['roles'][number]> {
  const { body } = await httpGet(`${service.url}/readyz`);
  const { databaseUser } = readySchema.parse(JSON.parse(body));
  const { rows } = await client.query<{ superuser: boolean; bypassRls: boolean; ownsTables: number }>(
    `select r.rolsuper as superuser, r.rolbypassrls as "bypassRls",
            (select count(*)::int from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p')) as "ownsTables"
       from pg_roles r where r.rolname = $1`,
    [databaseUser],
  );
  const role = rows[0];
  if (role === undefined)
    throw new Error(`${service.url} says it is the database user ${databaseUser}, which does not exist`);
  return { arm: service.arm, user: databaseUser, ...role };
}

async function readTables(client: Client): Promise<PostgresFacts['tables']> {
  const { rows } = await client.query<PostgresFacts['tables'][number]>(
    `select c.relname as name, c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as forced,
            (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
       from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname = any ($1)
      order by c.relname`,
    [PROTECTED_TABLES],
  );
  const missing = PROTECTED_TABLES.filter((name) => !rows.some((row) => row.name === name));
  if (missing.length > 0) throw new Error(`the schema public has no table ${missing.join(', ')}`);
  return rows;
}

async function readPolicies(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ policy: string }>(
    `select concat_ws(' | ', tablename, policyname, permissive, roles::text, cmd, qual, with_check) as policy
       from pg_policies where schemaname = 'public' order by 1`,
  );
  return rows.map(({ policy }) => policy);
}

/**
 * What held at both ends. A difference means that the block did not measure one state: then there is no fact to report.
 */
export function mergeSecurityFacts(
  before: SecurityFacts,
  after: SecurityFacts,
): Pick<PostgresFacts, 'roles' | 'tables'> {
  const changed = (['roles', 'tables', 'policies'] as const).filter(
    (part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]),
  );
  if (changed.length === 0) return { roles: after.roles, tables: after.tables };
  const difference = changed.map(
    (part) => `${part} were ${JSON.stringify(before[part])}, then ${JSON.stringify(after[part])}`,
  );
  throw new Error(`roles or row security changed while the block ran: ${difference.join('; ')}`);
}
