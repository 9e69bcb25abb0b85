/** Entries of the audit log. */
import { z } from 'zod';
import { idSchema, timestampSchema } from './fields.ts';

export const auditEventSchema = z.strictObject({
  /** The number of the entry in the tenant's own log, from 1 on. */
  id: z.string().regex(/^\d+$/),
  tenantId: idSchema,
  actorId: idSchema.nullable(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  occurredAt: timestampSchema,
});
export type AuditEvent = z.infer<typeof auditEventSchema>;
