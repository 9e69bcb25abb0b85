/** Entries of the audit log. */
import { z } from 'zod';
import { idSchema, timestampSchema } from './fields.ts';

export const auditEventSchema = z.strictObject({
  id: z.string().regex(/^\d+$/),
  tenantId: idSchema,
  actorId: idSchema.nullable(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  occurredAt: timestampSchema,
});
export type AuditEvent = z.infer<typeof auditEventSchema>;
