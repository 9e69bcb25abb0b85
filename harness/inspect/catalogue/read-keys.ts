/** Indexes and foreign keys. */
import type { ForeignKeyFact, IndexFact } from '../facts.ts';
import { userSchema, type Ask } from './ask.ts';

export async function readIndexes(ask: Ask): Promise<IndexFact[]> {
  return await ask<IndexFact>(
    `select i.indexrelid as oid, i.indrelid as relation, n.nspname as schema, x.relname as name, i.indisunique as unique,
       i.indisprimary as primary, i.indisvalid as valid, i.indpred is not null as partial,
       (string_to_array(i.indkey::text, ' ')::int[])[1:i.indnkeyatts] as keys,
       pg_get_indexdef(i.indexrelid) as definition,
       (select conname from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x') limit 1) as constraint
     from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
     join pg_namespace n on n.oid = c.relnamespace
     where ${userSchema('n')} and c.relkind in ('r', 'p', 'm') order by 1`,
  );
}

/** Those that partitions have from their parent are the parent's. */
export async function readForeignKeys(ask: Ask): Promise<ForeignKeyFact[]> {
  return await ask<ForeignKeyFact>(
    `select k.conname as name, k.conrelid as relation, k.conkey::int[] as columns, k.confrelid as target,
       k.confkey::int[] as "targetColumns", k.conindid as "targetIndex", pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and ${userSchema('n')} order by c.relname, k.conname`,
  );
}
