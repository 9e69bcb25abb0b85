/** What the routes work with: every connection and key, started together and stopped together. */
import type { Redis } from 'ioredis';
import type pg from 'pg';
import type { Logger } from 'pino';
import { createRedisClient } from './cache/redis-client.ts';
import { watchContinuity } from './cache/redis-continuity.ts';
import { createTenantCache, type TenantCache } from './cache/tenant-cache.ts';
import type { Configuration } from './configuration/configuration.ts';
import { createDatabase, type Database } from './database/database.ts';
import { createPool } from './database/pool.ts';
import { createMetrics, observePool, type Metrics } from './observability/metrics.ts';
import { createLoginAttempts, type LoginAttempts } from './session/login-attempts.ts';
import { createPasswordChecker, type PasswordChecker } from './session/password-checker.ts';
import { createRevocations, type Revocations } from './session/revocations.ts';
import { loadSessionKeys, type SessionKeys } from './session/session-keys.ts';
import { startServiceToken, type ServiceToken } from './vault/service-token.ts';
import { createTenantTokens } from './vault/tenant-tokens.ts';
import { createTenantVault, type TenantVault } from './vault/tenant-vault.ts';
import { createVaultHttp, type VaultHttp } from './vault/vault-http.ts';

export interface Services {
  configuration: Configuration;
  log: Logger;
  metrics: Metrics;
  pool: pg.Pool;
  database: Database;
  redis: Redis;
  cache: TenantCache;
  revocations: Revocations;
  loginAttempts: LoginAttempts;
  passwords: PasswordChecker;
  vault: VaultHttp;
  tenantVault: TenantVault;
  sessionKeys: SessionKeys;
  stop(): Promise<void>;
}

async function connectVault(configuration: Configuration, metrics: Metrics, log: Logger) {
  const vault = createVaultHttp({ address: configuration.VAULT_ADDR, metrics });
  const tenantTokens = createTenantTokens(vault, () => serviceToken);
  const serviceToken: ServiceToken = await startServiceToken({
    vault,
    roleId: configuration.vaultRoleId,
    secretId: configuration.vaultSecretId,
    log,
    onReplaced: () => tenantTokens.forgetAll(),
  });
  const sessionSeconds = configuration.SESSION_SECONDS;
  const sessionKeys = await loadSessionKeys({ vault, token: serviceToken, sessionSeconds, log });
  return { vault, serviceToken, sessionKeys, tenantVault: createTenantVault(vault, tenantTokens) };
}

function connectStores(configuration: Configuration, metrics: Metrics, log: Logger) {
  const pool = createPool(configuration, log);
  observePool(metrics.registry, pool, { prepared: configuration.DATABASE_PREPARED });
  const database = createDatabase(pool, {
    mode: configuration.RLS_MODE,
    prepared: configuration.DATABASE_PREPARED,
    onWait: () => metrics.poolWaits.inc(),
  });
  const redis = createRedisClient(configuration, log);
  const sessionSeconds = configuration.SESSION_SECONDS;
  const continuity = watchContinuity(redis, sessionSeconds, log);
  const revocations = createRevocations({ redis, continuity, database, metrics, sessionSeconds, log });
  return { pool, database, redis, revocations };
}

/** Needs Vault, for the session keys; Postgres and Redis may come later, /readyz says whether they have. */
export async function startServices(configuration: Configuration, log: Logger): Promise<Services> {
  const metrics = createMetrics(configuration.RLS_MODE);
  const { vault, serviceToken, sessionKeys, tenantVault } = await connectVault(configuration, metrics, log);
  const { pool, database, redis, revocations } = connectStores(configuration, metrics, log);
  return {
    configuration,
    log,
    metrics,
    pool,
    database,
    redis,
    revocations,
    vault,
    tenantVault,
    sessionKeys,
    cache: createTenantCache(redis, metrics),
    loginAttempts: createLoginAttempts(redis, metrics, {
      perAccount: configuration.LOGIN_RATE_PER_MINUTE,
      perNetwork: configuration.LOGIN_RATE_PER_NETWORK,
    }),
    passwords: createPasswordChecker({
      memoryKib: configuration.PASSWORD_MEMORY_KIB,
      passes: configuration.PASSWORD_PASSES,
    }),
    async stop() {
      metrics.stop();
      sessionKeys.stop();
      serviceToken.stop();
      redis.disconnect();
      await pool.end();
    },
  };
}
