/** An anchor: where every tenant's chain ended at a time, kept where whoever can change the database cannot. */
import { z } from 'zod';
import type { AuditHead } from './audit-event.ts';

const anchorFileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  writtenAt: z.iso.datetime(),
  heads: z.array(
    z.strictObject({
      tenantId: z.uuid(),
      number: z.string().regex(/^\d+$/),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export interface Anchor {
  writtenAt: string;
  heads: AuditHead[];
}

export function writeAnchor({ writtenAt, heads }: Anchor): string {
  const entries = heads.map(({ tenantId, number, hash }) => ({
    tenantId,
    number: `${number}`,
    hash: hash.toString('hex'),
  }));
  const sorted = entries.toSorted((a, b) => a.tenantId.localeCompare(b.tenantId));
  return `${JSON.stringify({ schemaVersion: 1, writtenAt, heads: sorted }, null, 1)}\n`;
}

/** Throws on anything that `writeAnchor` did not write. */
export function readAnchor(text: string): Anchor {
  const { writtenAt, heads } = anchorFileSchema.parse(JSON.parse(text));
  return {
    writtenAt,
    heads: heads.map(({ tenantId, number, hash }) => ({
      ...{ tenantId, number: BigInt(number) },
      hash: Buffer.from(hash, 'hex'),
    })),
  };
}
