/** A row of the audit log as it is verified, and where a tenant's chain is said to end. */

export interface AuditEvent {
  tenantId: string;
  number: bigint;
  previousHash: Buffer;
  hash: Buffer;
  id: bigint;
  actorId: string | null;
  action: string;
  subject: string;
  /** As Postgres prints jsonb. */
  detail: string;
  /** Since 1970, UTC. */
  occurredAtMicroseconds: bigint;
}

export interface AuditHead {
  tenantId: string;
  number: bigint;
  hash: Buffer;
}
