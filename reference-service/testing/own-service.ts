/** For integration tests: a service process of their own, with its own settings, on the running servers. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inject } from 'vitest';
import { z } from 'zod';
import { connectAsAdmin } from './admin-database.ts';

const service = join(import.meta.dirname, '..');
export const node24 = join(service, '..', 'node_modules', 'node', 'bin', 'node');

export interface ServiceProcess {
  pid: number;
  /** All of standard output and standard error so far. */
  output: () => string;
  signal: (name: NodeJS.Signals) => void;
  /** The exit code, once it has ended. */
  ended: Promise<number | null>;
}

/** Starts a file of the service, or one that was built of it, with exactly these variables. */
export function startProcess(file: string, args: string[], environment: Record<string, string>): ServiceProcess {
  const child = spawn(node24, [resolve(service, file), ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const ended = once(child, 'close').then(([code]) => z.int().nullable().parse(code));
  return { pid: child.pid ?? -1, output: () => output, signal: (name) => child.kill(name), ended };
}

/** Asks again until the answer is not null; the error shows the last thing that is known. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | null> | T | null,
  lastKnown = () => '',
): Promise<T> {
  const deadlineMs = Date.now() + 20_000;
  for (;;) {
    const answer = await probe();
    if (answer !== null) return answer;
    if (Date.now() > deadlineMs) throw new Error(`${what} did not come to pass; ${lastKnown()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function readAppRole(address: string, rootToken: string): Promise<{ roleId: string; secretId: string }> {
  const ask = async (method: string, path: string): Promise<unknown> => {
    const response = await fetch(`${address}/v1/auth/approle/role/alphapulse/${path}`, {
      method,
      headers: { 'x-vault-token': rootToken },
    });
    return response.json();
  };
  const roleId = z.object({ data: z.object({ role_id: z.string() }) }).parse(await ask('GET', 'role-id')).data.role_id;
  const secret = z.object({ data: z.object({ secret_id: z.string() }) }).parse(await ask('POST', 'secret-id'));
  return { roleId, secretId: secret.data.secret_id };
}

export interface OwnEnvironment {
  variables: Record<string, string>;
  secrets: string[];
  remove(): Promise<void>;
}

/** A login role with the rights of the app role and nothing more, secret files, and the variables that name them. */
export async function createEnvironment(): Promise<OwnEnvironment> {
  const { postgres, redis, vault } = inject('system');
  const directory = mkdtempSync(join(tmpdir(), 'alphapulse-test-'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const admin = await connectAsAdmin();
  await admin.query(`create role ${name} login inherit password '${password}' in role ${postgres.appUser}`);
  const { roleId, secretId } = await readAppRole(vault.address, vault.rootToken);
  const file = (label: string, secret: string): string => {
    const path = join(directory, label);
    writeFileSync(path, secret, { mode: 0o600 });
    return path;
  };
  const variables = {
    ALPHAPULSE_PORT: '0',
    ALPHAPULSE_DATABASE_HOST: postgres.host,
    ALPHAPULSE_DATABASE_PORT: String(postgres.port),
    ALPHAPULSE_DATABASE_NAME: postgres.database,
    ALPHAPULSE_DATABASE_USER: name,
    ALPHAPULSE_DATABASE_PASSWORD_FILE: file('database', password),
    ALPHAPULSE_REDIS_HOST: redis.host,
    ALPHAPULSE_REDIS_PORT: String(redis.port),
    ALPHAPULSE_REDIS_USERNAME: redis.adminUser,
    ALPHAPULSE_REDIS_PASSWORD_FILE: file('redis', redis.adminPassword),
    ALPHAPULSE_VAULT_ADDR: vault.address,
    ALPHAPULSE_VAULT_ROLE_ID_FILE: file('role-id', roleId),
    ALPHAPULSE_VAULT_SECRET_ID_FILE: file('secret-id', secretId),
    ALPHAPULSE_COOKIE_SECURE: 'false',
    ALPHAPULSE_LOGIN_RATE_PER_MINUTE: '0',
  };
  return {
    variables,
    secrets: [password, redis.adminPassword, roleId, secretId],
    async remove() {
      await admin.query(`drop role ${name}`);
      await admin.end();
      rmSync(directory, { recursive: true });
    },
  };
}

const listeningSchema = z.object({ event: z.literal('listening'), port: z.int(), tls: z.boolean() });

export interface OwnService extends ServiceProcess {
  url: string;
}

/** Starts server.ts, or another file in its place, and waits for the line that names its port. */
export async function startService(variables: Record<string, string>, entry = 'server.ts'): Promise<OwnService> {
  const started = startProcess(entry, [], variables);
  const { port, tls } = await eventually(
    'listening',
    () => {
      const line = started
        .output()
        .split('\n')
        .find((text) => text.includes('"listening"'));
      return line === undefined ? null : listeningSchema.parse(JSON.parse(line));
    },
    started.output,
  );
  return { ...started, url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}` };
}
