/** PgBouncer's configuration and its list of users, for an installation that pools connections outside the service. */
import type { ProvisioningSettings } from './provisioning-settings.ts';
import { secretNames } from './secret-names.ts';
import type { SecretTree } from './secret-tree.ts';

const listenPort = 6432;

/**
 * Transaction pooling: each request of the service is one transaction and its tenant context is local to it, so a server connection
 * carries nothing from one to the next. Source: PgBouncer documentation, "Configuration" and "Authentication file format".
 */
export function poolFiles(tree: SecretTree, settings: ProvisioningSettings): Record<string, string> {
  const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_NAME: name } = settings;
  const lines = [
    '[databases]',
    `${name} = host=${host} port=${port} dbname=${name}`,
    '',
    '[pgbouncer]',
    'listen_addr = *',
    `listen_port = ${listenPort}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${tree.path(secretNames.poolUsers)}`,
    'pool_mode = transaction',
    'default_pool_size = 20',
    'max_client_conn = 500',
    // The service asks for UTC when it connects; its roles have UTC anyway (database/roles.sql).
    'ignore_startup_parameters = extra_float_digits,options',
    // A line for each connection would be written in the middle of what is measured.
    'log_connections = 0',
    'log_disconnections = 0',
  ];
  const users = [
    ['alphapulse_app', secretNames.appPassword],
    ['alphapulse_exempt', secretNames.exemptPassword],
  ] as const;
  // In clear: with a hash PgBouncer could check its clients, but not log in to the server for them.
  const userLines = users.map(([user, secret]) => `"${user}" "${tree.require(secret, 'secrets')}"`);
  return {
    [secretNames.poolConfiguration]: `${lines.join('\n')}\n`,
    [secretNames.poolUsers]: `${userLines.join('\n')}\n`,
  };
}
