/** The files of the tree of secrets. A folder has one reader: the operator, Postgres, Redis, the service, its arms without policies, PgBouncer. */
export const secretNames = {
  postgresAdmin: 'admin/postgres-admin',
  redisAdmin: 'admin/redis-admin',
  vaultRootToken: 'admin/vault-root-token',
  vaultUnsealKey: 'admin/vault-unseal-key',
  ownerPassword: 'admin/alphapulse_owner-password',
  postgresAdminForServer: 'postgres/postgres-admin',
  redisUsers: 'redis/users.acl',
  redisAdminForServer: 'redis/redis-admin',
  appPassword: 'service/alphapulse_app-password',
  exemptPassword: 'arms/alphapulse_exempt-password',
  redisServicePassword: 'service/redis-service-password',
  vaultRoleId: 'service/vault-role-id',
  vaultSecretId: 'service/vault-secret-id',
  poolUsers: 'pool/userlist.txt',
  poolConfiguration: 'pool/pgbouncer.ini',
} as const;
