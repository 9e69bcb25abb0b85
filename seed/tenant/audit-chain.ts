/**
 * The hash chain over a tenant's audit events, as migration 005_audit_chain computes it for every insert. Triggers are off
 * during the load, so the seed brings it along.
 */
import { createHash } from 'node:crypto';

export interface ChainedFields {
  id: bigint;
  tenantId: string;
  actorId: string;
  action: string;
  subject: string;
  /** As Postgres prints jsonb. */
  detail: string;
  occurredAtMs: number;
}

export interface Link {
  number: number;
  previousHash: Buffer;
  hash: Buffer;
}

const DOMAIN = Buffer.from('alphapulse-audit-1');
/** What the first event has before it. */
const NOTHING_BEFORE: Link = { number: 0, previousHash: Buffer.alloc(32), hash: Buffer.alloc(32) };

export class AuditChain {
  last = NOTHING_BEFORE;

  add(event: ChainedFields): Link {
    const number = this.last.number + 1;
    const previousHash = this.last.hash;
    const hash = createHash('sha256').update(DOMAIN);
    const fields = [
      uuidBytes(event.tenantId),
      int8(BigInt(number)),
      previousHash,
      int8(event.id),
      uuidBytes(event.actorId),
      Buffer.from(event.action),
      Buffer.from(event.subject),
      Buffer.from(event.detail),
      int8(BigInt(event.occurredAtMs) * 1_000n),
    ];
    for (const field of fields) {
      const length = Buffer.alloc(4);
      length.writeInt32BE(field.length);
      hash.update(length).update(field);
    }
    this.last = { number, previousHash, hash: hash.digest() };
    return this.last;
  }
}

const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

function int8(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
