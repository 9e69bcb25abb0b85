/** What the reference service calls its database, its users and its files of secrets: its contract with whoever runs it (its README). */
import type { Arm } from '../../model/experiment.ts';

export const databaseName = 'alphapulse';
export const postgresAdminUser = 'postgres';
export const databaseRoles = { app: 'alphapulse_app', exempt: 'alphapulse_exempt' } as const;

/** Only production runs as the role that policies bind; the other arms are the experiment's. */
export const roleOfArm: Record<Arm, string> = {
  rls: databaseRoles.app,
  filter: databaseRoles.exempt,
  bare: databaseRoles.exempt,
  base: databaseRoles.app,
  candidate: databaseRoles.app,
};

export const redisAdminUser = 'admin';
export const redisServiceUser = 'alphapulse';

/** Below the tree of secrets that `provision secrets` makes: a folder for each reader. */
export const secretFiles = {
  postgresAdmin: 'admin/postgres-admin',
  postgresOwner: 'admin/alphapulse_owner-password',
  redisAdmin: 'admin/redis-admin',
  vaultRootToken: 'admin/vault-root-token',
  vaultUnsealKey: 'admin/vault-unseal-key',
  postgresAdminForServer: 'postgres/postgres-admin',
  redisUsers: 'redis/users.acl',
  redisServicePassword: 'service/redis-service-password',
  vaultRoleId: 'service/vault-role-id',
  vaultSecretId: 'service/vault-secret-id',
} as const;

/** The file with the password of one of `databaseRoles`; the production service cannot read that of the exempt one. */
export const rolePasswordFile = (role: string): string =>
  `${role === databaseRoles.exempt ? 'arms' : 'service'}/${role}-password`;
