/** What docker-compose.yml counts on in the images it is given, stand-ins or official ones: asked of each in a container. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../steps.ts';

const composeFile = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');

/** The image that Compose would take: of the variable, or else the default. */
function container(variable: string): GenericContainer {
  const [, official] = new RegExp(`\\$\\{${variable}:-([^}]+)\\}`).exec(composeFile) ?? [];
  if (official === undefined) throw new Error(`docker-compose.yml does not name ${variable}`);
  return new GenericContainer(process.env[variable] ?? official).withLabels({ 'signoff.run': 'stand-ins' });
}

const started: StartedTestContainer[] = [];
async function start(definition: GenericContainer): Promise<StartedTestContainer> {
  const one = await definition.start();
  started.push(one);
  return one;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop({ timeout: 0 })));
});

/** Of the container's first process; the official images do not all have ps. */
async function firstProcessUser(one: StartedTestContainer): Promise<string> {
  const { output } = await one.exec(['cat', '/proc/1/status'], { user: 'root' });
  return /^Uid:\s+(\d+)/m.exec(output)?.[1] ?? output;
}

describe('Postgres image', () => {
  const password = 'of-a-file';
  const postgres = () =>
    container('SIGNOFF_POSTGRES_IMAGE')
      .withCopyContentToContainer([{ content: `${password}\n`, target: '/run/secret' }])
      .withEnvironment({
        POSTGRES_PASSWORD_FILE: '/run/secret',
        POSTGRES_INITDB_ARGS: '--data-checksums --encoding=UTF8',
      })
      .withCommand(['postgres', '-c', 'work_mem=7MB'])
      .withExposedPorts(5432)
      .withWaitStrategy(Wait.forSuccessfulCommand('pg_isready --quiet --host=127.0.0.1 --username=postgres'));

  async function ask(one: StartedTestContainer, sql: string, secret = password): Promise<unknown> {
    const client = new Client({
      host: one.getHost(),
      port: one.getMappedPort(5432),
      user: 'postgres',
      database: 'postgres',
      password: secret,
    });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(sql);
      return Object.values(rows[0] ?? {})[0];
    } finally {
      await client.end();
    }
  }

  it('makes the cluster once, with the password of the file, and keeps it over a restart', async () => {
    const one = await start(postgres());
    expect(await ask(one, 'SHOW server_version')).toMatch(/^18\./);
    expect(await ask(one, 'SHOW work_mem')).toBe('7MB');
    expect(await ask(one, 'SHOW data_directory')).toMatch(/^\/var\/lib\/postgresql\//);
    await expect(ask(one, 'SELECT 1', 'another')).rejects.toThrow(/password authentication failed/);
    await ask(one, 'CREATE TABLE kept AS SELECT 42 AS answer');
    expect(await firstProcessUser(one)).not.toBe('0');

    await one.restart();
    expect(await ask(one, 'SELECT answer FROM kept')).toBe(42);
  });

  it('starts no cluster without a password', async () => {
    let said = '';
    const open = container('SIGNOFF_POSTGRES_IMAGE')
      .withWaitStrategy(Wait.forOneShotStartup())
      .withLogConsumer((log) => log.on('data', (line) => (said += String(line))));
    await expect(start(open)).rejects.toThrow();
    expect(said).toContain('POSTGRES_PASSWORD');
  });
});

describe('Redis image', () => {
  it('is Redis 8, not root, open to its network, and keeps what is in /data over a restart', async () => {
    const one = await start(
      container('SIGNOFF_REDIS_IMAGE')
        .withCommand(['redis-server', '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'])
        .withExposedPorts(6379)
        .withWaitStrategy(Wait.forSuccessfulCommand('redis-cli ping')),
    );
    const connect = () => new Redis({ host: one.getHost(), port: one.getMappedPort(6379), maxRetriesPerRequest: 1 });
    const before = connect();
    expect(await before.info('server')).toMatch(/redis_version:8\./);
    await before.set('kept', '42');
    before.disconnect();
    expect(await firstProcessUser(one)).not.toBe('0');

    await one.restart();
    const after = connect();
    expect(await after.get('kept')).toBe('42');
    after.disconnect();
  });
});

describe('Vault image', () => {
  it('starts from VAULT_LOCAL_CONFIG, not as root, and waits to be initialised', async () => {
    const configuration = {
      storage: { raft: { path: '/vault/file', node_id: 'alone' } },
      listener: [{ tcp: { address: '0.0.0.0:8200', cluster_address: '127.0.0.1:8201', tls_disable: true } }],
      api_addr: 'http://127.0.0.1:8200',
      cluster_addr: 'https://127.0.0.1:8201',
      disable_mlock: true,
    };
    const one = await start(
      container('SIGNOFF_VAULT_IMAGE')
        .withEnvironment({ SKIP_SETCAP: 'true', VAULT_LOCAL_CONFIG: JSON.stringify(configuration) })
        .withCommand(['server'])
        .withExposedPorts(8200)
        // 501: not initialised (Vault's HTTP API, /sys/health).
        .withWaitStrategy(Wait.forHttp('/v1/sys/health', 8200).forStatusCode(501)),
    );
    // 2: sealed (vault status).
    expect((await one.exec(['vault', 'status', '-address=http://127.0.0.1:8200'])).exitCode).toBe(2);
    const version = await one.exec(['vault', 'version']);
    expect(version.output).toMatch(/Vault v1\.21\./);
    const initialised = await fetch(`http://${one.getHost()}:${one.getMappedPort(8200)}/v1/sys/init`, {
      method: 'PUT',
      body: JSON.stringify({ secret_shares: 1, secret_threshold: 1 }),
    });
    expect(initialised.status).toBe(200);
  });
});

describe('PgBouncer image', () => {
  it('starts from a configuration that is put in and answers its console', async () => {
    const settings = [
      '[databases]',
      '* = host=127.0.0.1',
      '[pgbouncer]',
      'listen_addr = 0.0.0.0',
      'listen_port = 6432',
      'unix_socket_dir =',
      'auth_type = any',
      'admin_users = somebody',
    ];
    const one = await start(
      container('SIGNOFF_PGBOUNCER_IMAGE')
        .withCopyContentToContainer([{ content: settings.join('\n'), target: '/run/pool/pgbouncer.ini' }])
        .withEntrypoint(['pgbouncer', '/run/pool/pgbouncer.ini'])
        .withExposedPorts(6432)
        .withWaitStrategy(Wait.forLogMessage(/process up/)),
    );
    const place = { host: one.getHost(), port: one.getMappedPort(6432) };
    const client = new Client({ ...place, user: 'somebody', database: 'pgbouncer', password: 'any' });
    await client.connect();
    expect(JSON.stringify((await client.query('SHOW VERSION')).rows)).toMatch(/PgBouncer 1\./);
    await client.end();
    expect(await firstProcessUser(one)).not.toBe('0');
  });
});

describe('Node image', () => {
  it('has Node 24, npm, and a user node with the number 1000', async () => {
    const idle = container('SIGNOFF_NODE_IMAGE').withCommand(['node', '-e', 'setInterval(() => {}, 1000)']);
    const one = await start(idle.withUser('node'));
    expect((await one.exec(['node', '--version'])).output).toMatch(/^v24\./);
    expect((await one.exec(['npm', '--version'])).exitCode).toBe(0);
    expect((await one.exec(['id', '-u'])).output.trim()).toBe('1000');
  });
});
