/** Attacks with passwords that installations come with, on the service and on the servers behind it: each must refuse by name. */
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, inject } from 'vitest';
import { errorCode, logIn, readManifest } from '../testing/api-client.ts';
import { mine, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';

const attack = attacksOf('A05');

/** What Postgres says of a login: its SQLSTATE, what the client says where the server asks for a password, or that it let in. */
async function logInToPostgres(user: string, password: string): Promise<string> {
  const { host, port, database } = inject('system').postgres;
  const client = new pg.Client({ host, port, database, user, password });
  try {
    await client.connect();
    await client.end();
    return 'let in';
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? error.message;
    return error instanceof Error ? error.message : String(error);
  }
}

/** What Redis answers to a read, with or without a login before it. */
async function readRedis(login: { username?: string; password?: string }): Promise<string> {
  const { host, port } = inject('system').redis;
  const client = new Redis({ host, port, ...login, lazyConnect: true, enableReadyCheck: false, retryStrategy: null });
  const said: string[] = [];
  client.on('error', (error: Error) => said.push(error.message));
  const read = await client.get('tenant:x').then(
    (value) => `read ${String(value)}`,
    (error: Error) => error.message,
  );
  client.disconnect();
  return [...said, read].join('; ');
}

async function statusOfVault(token: string): Promise<number> {
  const { address } = inject('system').vault;
  return (await fetch(`${address}/v1/sys/mounts`, { headers: { 'x-vault-token': token } })).status;
}

attack('passwords that installations come with', {
  async control() {
    const { demoPassword } = readManifest();
    const { email } = userOf(mine, 'admin');
    expect((await logIn({ tenant: mine.slug, email, password: demoPassword })).status).toBe(200);
  },
  async attack() {
    const { email } = userOf(mine, 'admin');
    for (const password of ['admin', 'password', 'changeme', 'alphapulse', mine.slug, email]) {
      const answer = await logIn({ tenant: mine.slug, email, password });
      expect(answer.status, password).toBe(401);
      expect(errorCode(answer), password).toBe('INVALID_CREDENTIALS');
    }
    const without = await logIn({ tenant: mine.slug, email, password: '' });
    expect([without.status, errorCode(without)]).toEqual([400, 'VALIDATION_FAILED']);
  },
});

attack('passwords that databases come with', {
  async control() {
    const { adminUser, adminPassword } = inject('system').postgres;
    expect(await logInToPostgres(adminUser, adminPassword)).toBe('let in');
  },
  async attack() {
    const { adminUser, appUser, exemptUser } = inject('system').postgres;
    for (const user of [adminUser, appUser, exemptUser, 'alphapulse_owner', 'postgres']) {
      for (const password of ['postgres', 'alphapulse', 'admin', user]) {
        expect(await logInToPostgres(user, password), `${user} ${password}`).toBe('28P01');
      }
      // The server asks for a password, and the client has none to give.
      expect(await logInToPostgres(user, ''), user).toMatch(/^SASL: .*client password must be/);
    }
  },
});

attack('passwords that caches and stores of secrets come with', {
  async control() {
    const { adminUser, adminPassword } = inject('system').redis;
    expect(await readRedis({ username: adminUser, password: adminPassword })).toBe('read null');
    expect(await statusOfVault(inject('system').vault.rootToken)).toBe(200);
  },
  async attack() {
    expect(await readRedis({})).toMatch(/^NOAUTH/);
    for (const password of ['redis', 'foobared', 'alphapulse', 'admin']) {
      expect(await readRedis({ password }), password).toMatch(/^WRONGPASS/);
      expect(await readRedis({ username: inject('system').redis.adminUser, password })).toMatch(/^WRONGPASS/);
    }
    for (const token of ['root', 'myroot', 'dev-only-token', 'hvs.x']) expect(await statusOfVault(token)).toBe(403);
  },
});
