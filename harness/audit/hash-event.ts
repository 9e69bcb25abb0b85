/**
 * The hash of an audit event, computed from its fields: SHA-256 over a list in which every field has its length before it.
 * Written anew from the description in reference-service/migrations/005_audit_chain.sql, so that it does not share its mistakes.
 */
import { createHash } from 'node:crypto';
import type { AuditEvent } from './audit-event.ts';

export const HASH_BYTES = 32;
/** What the first event of a tenant has as the hash before it. */
export const nothingBefore: Buffer = Buffer.alloc(HASH_BYTES);

const DOMAIN = 'alphapulse-audit-1';
const NULL_LENGTH = -1;

export function hashEvent(event: AuditEvent): Buffer {
  const hash = createHash('sha256').update(DOMAIN, 'utf8');
  const fields = [
    uuid(event.tenantId),
    integer(event.number),
    event.previousHash,
    integer(event.id),
    event.actorId === null ? null : uuid(event.actorId),
    Buffer.from(event.action, 'utf8'),
    Buffer.from(event.subject, 'utf8'),
    Buffer.from(event.detail, 'utf8'),
    integer(event.occurredAtMicroseconds),
  ];
  for (const field of fields) {
    const length = Buffer.alloc(4);
    length.writeInt32BE(field?.length ?? NULL_LENGTH);
    hash.update(length);
    if (field !== null) hash.update(field);
  }
  return hash.digest();
}

function uuid(text: string): Buffer {
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}

/** Eight bytes, most significant first. */
function integer(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
