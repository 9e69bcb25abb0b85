/** Where the servers are that are to be provisioned: the service's own variables, as far as they name servers. */
import type { z } from 'zod';
import { configurationSchema } from '../configuration/configuration.ts';

const { DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, REDIS_HOST, REDIS_PORT, VAULT_ADDR } = configurationSchema.shape;

/** The service's other variables are accepted, so that both can start from one environment; unknown ones are refused. */
export const provisioningSettingsSchema = configurationSchema.partial().extend({
  DATABASE_HOST,
  DATABASE_PORT,
  DATABASE_NAME,
  REDIS_HOST,
  REDIS_PORT,
  VAULT_ADDR: VAULT_ADDR.default('http://127.0.0.1:8200'),
});

export type ProvisioningSettings = z.infer<typeof provisioningSettingsSchema>;
