/** The audit log: adding an entry, reading it newest first. */
import { query, statement, type Query } from '../database/statement.ts';
import type { AuditEvent } from '../schemas/audit-event.ts';
import { keysetList } from './keyset-list.ts';

export interface AuditEntry {
  actorId: string | null;
  action: string;
  subject: string;
  detail?: Record<string, string | number | boolean | null>;
}

const insert = statement<Record<string, never>>(
  'audit.insert',
  'insert into audit_events (tenant_id, actor_id, action, subject, detail) values ($1, $2, $3, $4, $5)',
);

/** For events that change no row; a change writes its entry in its own statement, so that neither is without the other. */
export function addAuditEvent(tenantId: string, entry: AuditEntry): Query<Record<string, never>> {
  return query(insert, tenantId, entry.actorId, entry.action, entry.subject, JSON.stringify(entry.detail ?? {}));
}

export const listAuditEvents = keysetList<AuditEvent>({
  name: 'audit.list',
  // Not its id, which counts for all tenants, and so tells each what the others do.
  select: `select sequence_number as id, tenant_id as "tenantId", actor_id as "actorId", action, subject, detail,
    occurred_at as "occurredAt" from audit_events`,
  tenantColumn: 'tenant_id',
  keys: [{ column: 'sequence_number', type: 'bigint' }],
  direction: 'desc',
});
