/** Reads the audit log of all tenants through a cursor, in the order of tenants and numbers, in one snapshot. */
import type { Client } from 'pg';
import { SignoffError } from '../model/errors.ts';
import type { AuditEvent, AuditHead } from './audit-event.ts';

/** About two megabytes of rows. */
const ROWS_PER_FETCH = 5_000;

export interface AuditProtection {
  /** Whether new events are chained. */
  triggerEnabled: boolean;
  /** Roles but the owner that may change or remove events. */
  mayChange: string[];
}

interface EventRow {
  tenantId: string;
  number: string;
  previousHash: Buffer;
  hash: Buffer;
  id: string;
  actorId: string | null;
  action: string;
  subject: string;
  detail: string;
  microseconds: string;
}

/** Opens the snapshot that everything else is read in. Rejects where there is no chain, or where policies would hide a part of it. */
export async function openAuditLog(client: Client): Promise<AuditProtection> {
  await client.query('begin isolation level repeatable read, read only');
  const { rows } = await client.query<{ chained: boolean; database: string; user: string }>(
    `select current_database() as database, current_user as user, to_regclass('public.audit_heads') is not null
       and exists (select from pg_attribute where attrelid = to_regclass('public.audit_events')
         and attname = 'sequence_number' and not attisdropped) as chained`,
  );
  const [found] = rows;
  if (found?.chained !== true) {
    throw new SignoffError(
      'NOTHING_TO_JUDGE',
      `the database ${found?.database ?? ''} has no audit log with a hash chain`,
      {
        hint: 'It is there once migration 005_audit_chain has run; name another database with --database.',
      },
    );
  }
  await requireAllRows(client, found.user);
  return await readProtection(client);
}

/** A role that policies bind would see an empty log, and find it intact. */
async function requireAllRows(client: Client, user: string): Promise<void> {
  const { rows } = await client.query<{ bound: boolean }>(
    `select row_security_active('public.audit_events') or row_security_active('public.audit_heads')
       or row_security_active('public.tenants') as bound`,
  );
  if (rows[0]?.bound === false) return;
  throw new SignoffError('BAD_ARGUMENT', `policies hide tenants’ events from ${user}`, {
    hint: 'Connect as a superuser, or as a role with BYPASSRLS and SELECT on audit_events, audit_heads and tenants.',
  });
}

async function readProtection(client: Client): Promise<AuditProtection> {
  const { rows } = await client.query<AuditProtection>(
    `select exists (select from pg_trigger where tgrelid = 'public.audit_events'::regclass
         and tgname = 'chain_audit_event' and tgenabled in ('O', 'A')) as "triggerEnabled",
       array(select distinct case when g.grantee = 0 then 'PUBLIC' else pg_get_userbyid(g.grantee)::text end
         from pg_class c, aclexplode(c.relacl) g where c.oid = 'public.audit_events'::regclass
         and g.grantee <> c.relowner and g.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') order by 1) as "mayChange"`,
  );
  return rows[0] ?? { triggerEnabled: false, mayChange: [] };
}

/** By tenant; one a tenant, so all of them fit in memory. */
export async function readHeads(client: Client): Promise<Map<string, AuditHead>> {
  const { rows } = await client.query<{ tenantId: string; number: string; hash: Buffer }>(
    `select tenant_id as "tenantId", last_number::text as number, last_hash as hash from public.audit_heads`,
  );
  return new Map(rows.map(({ tenantId, number, hash }) => [tenantId, { tenantId, number: BigInt(number), hash }]));
}

export async function readSlugs(client: Client, tenantIds: readonly string[]): Promise<Map<string, string>> {
  const text = 'select id, slug from public.tenants where id = any ($1::uuid[])';
  const { rows } = await client.query<{ id: string; slug: string }>(text, [tenantIds]);
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}

export async function* readEvents(client: Client): AsyncGenerator<AuditEvent, void, void> {
  await client.query(
    `declare audit_log no scroll cursor for
     select tenant_id as "tenantId", sequence_number::text as number, previous_hash as "previousHash", hash, id::text as id,
       actor_id as "actorId", action, subject, detail::text as detail,
       (extract(epoch from occurred_at) * 1000000)::bigint::text as microseconds
     from public.audit_events order by tenant_id, sequence_number`,
  );
  for (;;) {
    const { rows } = await client.query<EventRow>(`fetch ${ROWS_PER_FETCH} from audit_log`);
    for (const { number, id, microseconds, ...row } of rows) {
      yield { ...row, number: BigInt(number), id: BigInt(id), occurredAtMicroseconds: BigInt(microseconds) };
    }
    if (rows.length < ROWS_PER_FETCH) break;
  }
  await client.query('close audit_log');
}
