/** A portfolio's credentials at its broker: written whole, read back masked. */
import { z } from 'zod';
import { idSchema } from './fields.ts';

// Masking shows the last four characters: what is shorter than eight would be shown by half or more.
const credentialSchema = z.string().min(8).max(500);

export const newBrokerCredentialsSchema = z.strictObject({
  broker: z.string().trim().min(1).max(100),
  accountNumber: credentialSchema,
  apiKey: credentialSchema,
  apiSecret: credentialSchema,
});
export type NewBrokerCredentials = z.infer<typeof newBrokerCredentialsSchema>;

export const maskedBrokerCredentialsSchema = z.strictObject({
  tenantId: idSchema,
  portfolioId: idSchema,
  broker: z.string(),
  accountNumber: z.string().describe('Masked but for the last four characters.'),
  apiKey: z.string().describe('Masked but for the last four characters.'),
});

export const signRequestSchema = z.strictObject({ payload: z.string().min(1).max(16_384) });
export const signatureSchema = z.strictObject({ signature: z.string().describe('HMAC-SHA-256 in hexadecimal.') });
