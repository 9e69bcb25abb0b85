/** The command line as a person meets it: output, files, exit codes; data that does not depend on parallelism. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestSchema as harnessManifestSchema } from '../harness/model/manifest.ts';
import { manifestSchema } from './manifest.ts';
import { spawnSeeder } from './testing/spawn-seeder.ts';
import { tableNames } from './text/tables.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'seed-test-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Enough rows for several batches, so that workers really share them. */
const size = ['--tenants', '40', '--rows-per-tenant', '600', '--seed', 'cli'];
const cheap = ['--password-memory-kib', '8', '--password-passes', '1'];

async function generate(name: string, flags: string[]) {
  const manifest = path.join(directory, `${name}.json`);
  const out = path.join(directory, name);
  const outcome = await spawnSeeder([...size, ...flags, '--manifest', manifest, '--out', out]);
  expect(outcome.stderr).not.toContain('seed:');
  expect(outcome.code).toBe(0);
  const bytes = createHash('sha256');
  for (const table of tableNames) bytes.update(readFileSync(path.join(out, `${table}.tsv`)));
  return { ...outcome, out, manifest: readFileSync(manifest, 'utf8'), bytes: bytes.digest('hex') };
}

describe('generation', () => {
  it('gives the same bytes and the same manifest with 1, 2 and 4 workers', async () => {
    const [one, two, four] = await Promise.all(
      ['1', '2', '4'].map((parallel) => generate(`p${parallel}`, ['--parallel', parallel, ...cheap])),
    );
    expect(two?.bytes).toBe(one?.bytes);
    expect(four?.bytes).toBe(one?.bytes);
    expect(two?.manifest).toBe(one?.manifest);
    expect(four?.manifest).toBe(one?.manifest);
    expect(readdirSync(one?.out ?? '').toSorted()).toEqual(tableNames.map((table) => `${table}.tsv`).toSorted());
  });

  it('writes a manifest that the harness reads, whose checksums do not depend on the password’s cost', async () => {
    const { manifest, stdout, stderr } = await generate('cost', [
      '--json',
      '--password-memory-kib',
      '64',
      '--password-passes',
      '3',
    ]);
    const parsed = manifestSchema.parse(JSON.parse(manifest));
    expect(harnessManifestSchema.parse(parsed)).toMatchObject({ tenantCount: 40, rows: parsed.rows, seed: 'cli' });
    const cheaper = manifestSchema.parse(JSON.parse((await generate('cheap', cheap)).manifest));
    expect(parsed.checksum).toBe(cheaper.checksum);
    expect(parsed.checksum).toBe(
      createHash('sha256')
        .update(parsed.tenants.map((tenant) => tenant.checksum).join(''))
        .digest('hex'),
    );
    const tenantRows = Object.entries(parsed.rowsByTable).filter(
      ([table]) => table !== 'instruments' && table !== 'prices',
    );
    expect(tenantRows.reduce((sum, [, rows]) => sum + rows, 0)).toBe(parsed.rows);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, rows: parsed.rows, checksum: parsed.checksum });
    const progress = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { done: number; total: number; unit: string });
    expect(progress.at(-1)?.done).toBe(progress.at(-1)?.total);
    expect(progress.every(({ unit }) => unit === 'rows')).toBe(true);
  });
});

describe('mistakes', () => {
  it('in arguments end in 64, all told together, and nothing is written', async () => {
    const manifest = path.join(directory, 'never.json');
    const { code, stderr, stdout } = await spawnSeeder(['--tenants', 'x', '--json', '--speed', '--manifest', manifest]);
    expect(code).toBe(64);
    expect(stderr).toMatch(/unknown flag --speed\n--tenants must be .*given: "x"\n--seed is required\n.*--help/s);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'usage', problems: { length: 3 } } });
    expect(existsSync(manifest)).toBe(false);
  });

  it('in the address of the database end in 69 with a hint, and never show a password', async () => {
    const url = 'postgres://postgres:hidden@127.0.0.1:1/alphapulse';
    const manifest = path.join(directory, 'none.json');
    const { code, stderr } = await spawnSeeder([...size, ...cheap, '--database-url', url, '--manifest', manifest]);
    expect(code).toBe(69);
    expect(stderr).toMatch(/cannot connect to postgres:\/\/postgres@127\.0\.0\.1:1\/alphapulse: .*ECONNREFUSED/);
    expect(stderr).toContain('Is Postgres running there?');
    expect(stderr).not.toContain('hidden');
    expect(existsSync(manifest)).toBe(false);
  });

  it('in paths end in 64 and name the path', async () => {
    const file = path.join(directory, 'file');
    writeFileSync(file, '');
    const asFolder = await spawnSeeder([...size, ...cheap, '--manifest', path.join(file, 'manifest.json')]);
    expect(asFolder.code).toBe(64);
    expect(asFolder.stderr).toContain(`cannot write to ${path.join(file, 'manifest.json')}`);
    const out = await spawnSeeder([...size, ...cheap, '--manifest', path.join(directory, 'm.json'), '--out', file]);
    expect(out.code).toBe(64);
    expect(out.stderr).toContain(`cannot write to ${file}`);
  });

  it('--help exits 0 whatever else is given', async () => {
    const { code, stdout } = await spawnSeeder(['--help', '--tenants', 'x']);
    expect(code).toBe(0);
    expect(stdout).toContain('--rows-per-tenant');
  });
});

describe('Ctrl-C', () => {
  it('ends generation with 130 and leaves no manifest', async () => {
    const manifest = path.join(directory, 'interrupted.json');
    const flags = ['--tenants', '300', '--seed', 'cli', ...cheap, '--manifest', manifest];
    let told = false;
    const { code, stderr } = await spawnSeeder(flags, {
      onStderr: (_, child) => {
        if (!told) child.kill('SIGINT');
        told = true;
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain('stopped by SIGINT');
    expect(existsSync(manifest)).toBe(false);
  });
});
