/** Rows as a probe inserts them: copies of real ones, under keys that nobody has. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Row } from './sql-scene.ts';

const MOST_IDS_APART = 1_000_000_000;

/** The same row under a key of its own, of the given tenant. What a table has no column for is passed over when it is inserted. */
export function freshRow(row: Row, tenantId: string): Row {
  const unique = `probe-${randomUUID()}`;
  return {
    ...row,
    tenant_id: tenantId,
    id: freshId(row['id']),
    ...('email' in row ? { email: `${unique}@example.invalid` } : {}),
    ...('idempotency_key' in row ? { idempotency_key: unique } : {}),
  };
}

/** Numbered from the far end of what a number of JavaScript holds: no sequence comes there. */
export function freshId(id: unknown): unknown {
  return typeof id === 'number' ? Number.MAX_SAFE_INTEGER - randomInt(MOST_IDS_APART) : randomUUID();
}

/** `$1` is the row. */
export function insertText(table: string): string {
  return `insert into ${table} select r.* from jsonb_populate_record(null::${table}, $1::jsonb) r`;
}
