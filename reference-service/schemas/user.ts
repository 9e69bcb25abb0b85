/** Users and their sessions. */
import { z } from 'zod';
import { idSchema, timestampSchema } from './fields.ts';

export const roleSchema = z.enum(['admin', 'trader', 'viewer']);
export type Role = z.infer<typeof roleSchema>;

const emailSchema = z.email().max(320).toLowerCase();
// Long passphrases are welcome; without an upper bound hashing would be a way to burn our CPU.
const passwordSchema = z.string().min(10).max(200);

export const userSchema = z.strictObject({
  id: idSchema,
  tenantId: idSchema,
  email: z.string(),
  displayName: z.string(),
  role: roleSchema,
  active: z.boolean(),
  createdAt: timestampSchema,
});
export type User = z.infer<typeof userSchema>;

export const newUserSchema = z.strictObject({
  email: emailSchema,
  displayName: z.string().trim().min(1).max(200),
  role: roleSchema,
  password: passwordSchema,
});

export const userChangeSchema = z
  .strictObject({ role: roleSchema.optional(), active: z.boolean().optional() })
  .refine((change) => change.role !== undefined || change.active !== undefined, 'name a role, active, or both');

export const loginSchema = z.strictObject({
  tenant: z.string().min(1).max(100),
  email: z.string().min(1).max(320).toLowerCase(),
  password: z.string().min(1).max(200),
});

export const sessionSchema = z.strictObject({
  tenantId: idSchema,
  user: z.strictObject({ id: idSchema, email: z.string(), displayName: z.string(), role: roleSchema }),
  expiresAt: timestampSchema,
});
