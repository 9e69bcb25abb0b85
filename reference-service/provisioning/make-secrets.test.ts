/** Unit tests of making the tree of secrets. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSecrets } from './make-secrets.ts';
import { provisioningSettingsSchema } from './provisioning-settings.ts';
import { openSecretTree } from './secret-tree.ts';

const settings = provisioningSettingsSchema.parse({ DATABASE_HOST: 'postgres' });
const serviceDirectory = join(import.meta.dirname, '..');
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'alphapulse-secrets-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const make = () => makeSecrets({ tree: openSecretTree(directory), settings, serviceDirectory, waitMs: 0 }).written;
const read = (name: string): string => readFileSync(join(directory, name), 'utf8');
const modeOf = (name: string): number => statSync(join(directory, name)).mode & 0o777;

function snapshot(): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]),
  );
}

describe('provision secrets', () => {
  it('makes the whole tree, and changes nothing the second time', () => {
    expect(make()).toHaveLength(11);
    const first = snapshot();
    expect(Object.keys(first)).toHaveLength(11);
    expect(make()).toEqual([]);
    expect(snapshot()).toEqual(first);
  });

  it('gives every server what it reads', () => {
    make();
    expect(read('postgres/postgres-admin')).toBe(read('admin/postgres-admin'));
    expect(read('redis/users.acl')).toMatch(
      /^user default off\nuser admin on #[0-9a-f]{64} .*\nuser alphapulse on >\S{32} /,
    );
    expect(read('redis/users.acl')).toContain(read('service/redis-service-password'));
    expect(read('pool/userlist.txt')).toContain(`"alphapulse_app" "${read('service/alphapulse_app-password')}"`);
    expect(read('pool/pgbouncer.ini')).toContain('alphapulse = host=postgres port=5432 dbname=alphapulse');
    expect(read('pool/pgbouncer.ini')).toContain(`auth_file = ${join(directory, 'pool', 'userlist.txt')}`);
  });

  it('makes no password twice', () => {
    make();
    const passwords = Object.entries(snapshot()).filter(([file]) => /admin\/|service\//.test(file));
    expect(new Set(passwords.map(([, password]) => password)).size).toBe(passwords.length);
  });

  it('finishes what was begun, and takes a lost password from its server’s copy', () => {
    make();
    const before = snapshot();
    rmSync(join(directory, 'admin', 'redis-admin'));
    rmSync(join(directory, 'redis', 'users.acl'));
    rmSync(join(directory, 'pool'), { recursive: true });
    expect(make()).toEqual(['admin/redis-admin', 'redis/users.acl', 'pool/pgbouncer.ini', 'pool/userlist.txt']);
    expect(snapshot()).toEqual(before);
  });

  it('opens a file to whoever may enter its folder, and to nobody else', () => {
    chmodSync(directory, 0o755);
    mkdirSync(join(directory, 'admin'), { mode: 0o700 });
    make();
    expect([modeOf('admin/postgres-admin'), modeOf('postgres'), modeOf('postgres/postgres-admin')]).toEqual([
      0o600, 0o755, 0o644,
    ]);
  });

  it('names the file that it cannot write', () => {
    writeFileSync(join(directory, 'admin'), 'a file where the folder should be');
    expect(make).toThrow(/admin\/postgres-admin: (ENOTDIR|EEXIST)/);
  });
});
