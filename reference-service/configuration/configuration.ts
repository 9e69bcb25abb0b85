/** The service's configuration: every ALPHAPULSE_* variable, its default and what it may be. README.md has the table. */
import { z } from 'zod';

export const configurationPrefix = 'ALPHAPULSE_';

/** A whole number written in decimal digits, within bounds. */
function wholeNumber(minimum: number, maximum: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'expected a whole number')
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `expected ${minimum} to ${maximum}`);
}

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const text = z.string().min(1, 'expected a text that is not empty');

/** Addresses and networks of proxies in front of the service, parted by commas. */
const proxies = z
  .string()
  .transform((list) => list.split(',').map((entry) => entry.trim()))
  .pipe(
    z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'expected addresses or networks, parted by commas')),
  );

/** Variables of the environment, without their prefix. Unknown keys are refused. */
export const configurationSchema = z.strictObject({
  HOST: text.default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  RLS_MODE: z.enum(['rls', 'filter', 'bare']).default('rls'),
  DATABASE_HOST: text.default('127.0.0.1'),
  DATABASE_PORT: wholeNumber(1, 65_535).default(5432),
  DATABASE_NAME: text.default('alphapulse'),
  DATABASE_USER: text.default('alphapulse_app'),
  DATABASE_PASSWORD_FILE: text,
  DATABASE_POOL_MAX: wholeNumber(1, 1000).default(10),
  DATABASE_PREPARED: flag.default(true),
  REDIS_HOST: text.default('127.0.0.1'),
  REDIS_PORT: wholeNumber(1, 65_535).default(6379),
  REDIS_USERNAME: text.default('alphapulse'),
  REDIS_PASSWORD_FILE: text,
  VAULT_ADDR: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }),
  VAULT_ROLE_ID_FILE: text,
  VAULT_SECRET_ID_FILE: text,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PASSWORD_MEMORY_KIB: wholeNumber(8, 1_048_576).default(19_456),
  PASSWORD_PASSES: wholeNumber(1, 16).default(2),
  COOKIE_SECURE: flag.default(true),
  SESSION_SECONDS: wholeNumber(1, 86_400).default(3600),
  LOGIN_RATE_PER_MINUTE: wholeNumber(0, 100_000).default(10),
  LOGIN_RATE_PER_NETWORK: wholeNumber(0, 1_000_000).default(300),
  TRUSTED_PROXIES: proxies.optional(),
  TLS_CERT_FILE: text.optional(),
  TLS_KEY_FILE: text.optional(),
  SHUTDOWN_GRACE_MS: wholeNumber(0, 600_000).default(10_000),
});

/** What the variables say, and what the files hold that they name. */
export type Configuration = z.infer<typeof configurationSchema> & {
  databasePassword: string;
  redisPassword: string;
  vaultRoleId: string;
  vaultSecretId: string;
  /** PEM; null: plain HTTP. */
  tls: { cert: string; key: string } | null;
};
