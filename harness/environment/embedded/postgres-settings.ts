/** Postgres' settings for a system under test on a small machine; everything not named here is the server's default. */

/**
 * fsync, full_page_writes and synchronous_commit stay on: durability is part of what is measured.
 * Sources: Postgres documentation, "Server Configuration"; figures sized for two cores and 4 GB and up.
 */
export function postgresSettings(port: number): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // The service connects by TCP, as it would in production; a socket would be one more way in.
    unix_socket_directories: '',
    max_connections: '100',
    password_encryption: 'scram-sha-256',
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '8MB',
    maintenance_work_mem: '128MB',
    // Loading data writes gigabytes of WAL: fewer checkpoints in the middle of it, and room to spread them.
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    // Data lies on the local disk of a test machine, as good as always an SSD.
    random_page_cost: '1.1',
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.max': '10000',
    'pg_stat_statements.track': 'top',
    track_io_timing: 'on',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] %u ',
    log_timezone: 'UTC',
    timezone: 'UTC',
  };
}

/** As a configuration file. */
export function renderPostgresSettings(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `${lines.join('\n')}\n`;
}
