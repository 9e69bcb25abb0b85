/** Users and their sessions. */
import { z } from 'zod';
import { idSchema, timestampSchema } from './fields.ts';
import { isEasilyGuessed, newPasswordSchema } from './new-password.ts';

export const roleSchema = z.enum(['admin', 'trader', 'viewer']);
export type Role = z.infer<typeof roleSchema>;

const emailSchema = z.email().max(320).toLowerCase();
// As every address is that the service has made: nothing that looks or folds like another one.
const visibleAscii = /^[\x21-\x7e]+$/;

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

/** What anybody who knows a user would try: name, and the parts of the address. */
const partsOf = (email: string, displayName: string) => [displayName, ...email.split('@'), ...email.split(/[@.]/)];

export const newUserSchema = z
  .strictObject({
    email: emailSchema,
    displayName: z.string().trim().min(1).max(200),
    role: roleSchema,
    password: newPasswordSchema,
  })
  .refine(({ email, displayName, password }) => !isEasilyGuessed(password, partsOf(email, displayName)), {
    path: ['password'],
    message: 'it is among the first that anybody would try',
  });

export const userChangeSchema = z
  .strictObject({ role: roleSchema.optional(), active: z.boolean().optional() })
  .refine((change) => change.role !== undefined || change.active !== undefined, 'name a role, active, or both');

export const loginSchema = z.strictObject({
  tenant: z.string().max(100).regex(visibleAscii),
  email: z.string().max(320).regex(visibleAscii).toLowerCase(),
  password: z.string().min(1).max(200),
});

export const sessionSchema = z.strictObject({
  tenantId: idSchema,
  user: z.strictObject({ id: idSchema, email: z.string(), displayName: z.string(), role: roleSchema }),
  expiresAt: timestampSchema,
});
