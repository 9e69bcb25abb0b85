/** `signoff verify-audit` as a person calls it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../seed/testing/scratch-database.ts';
import { askSignoff } from './testing/ask-signoff.ts';

const { postgres } = inject('system');
const directory = mkdtempSync(path.join(os.tmpdir(), 'signoff-audit-'));
const anchor = path.join(directory, 'anchor.json');
const tenant = '00000000-0000-4000-8000-00000000000a';
let database: ScratchDatabase;
let url: string;

beforeAll(async () => {
  database = await createScratchDatabase(postgres, { migrated: true });
  url = database.url.replace('@', `:${postgres.adminPassword}@`);
  await database.query(`insert into tenants (id, slug, name, tier) values ($1, 'a', 'A', 'pro')`, [tenant]);
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

it('proves nothing of an empty log', async () => {
  const { code, out } = await askSignoff('verify-audit', '--database', url, '--write-anchor', anchor);
  expect(out).toContain('inconclusive: 0 events');
  expect(code).toBe(2);
});

it('passes an intact log, remembers it, and finds what was done to it since', async () => {
  const insert = `insert into audit_events (tenant_id, action, subject) select $1, 'a', 's' || n from generate_series(1, 9) n`;
  await database.query(insert, [tenant]);
  const intact = await askSignoff('verify-audit', '--database', url, '--write-anchor', anchor);
  expect(intact.out).toContain('pass: 9 events of 1 tenants');
  expect(intact.out).not.toContain(postgres.adminPassword);
  expect(intact.code).toBe(0);

  await database.query(`delete from audit_events where sequence_number = 4`);
  const broken = await askSignoff('verify-audit', '--database', url, '--anchor', anchor, '--json');
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.out)).toMatchObject({
    ...{ outcome: 'fail', exitCode: 1, problemCount: 1 },
    problems: [{ tenantId: tenant, slug: 'a', kind: 'removed', from: '4', to: '4' }],
  });
  const told = await askSignoff('verify-audit', '--database', url);
  expect(told.out).toContain('✘ a, event 4: removed');
});

it('says what is wrong with its arguments', async () => {
  const wrong = await askSignoff('verify-audit', '--database', url, '--anchor', path.join(directory, 'none.json'));
  expect(wrong.err).toContain('is no anchor');
  expect(wrong.code).toBe(64);
  // Before the database is asked: there is none at this address.
  const nowhere = 'postgres://x@127.0.0.1:1/x';
  const missing = path.join(directory, 'not-there', 'anchor.json');
  for (const [file, message] of [
    [missing, 'is no folder that can be written to'],
    [directory, 'is a folder'],
  ] as const) {
    const early = await askSignoff('verify-audit', '--database', nowhere, '--write-anchor', file);
    expect(early.err).toContain(message);
    expect(early.code).toBe(64);
  }
  const unchained = await askSignoff('verify-audit', '--database', url.replace(/\/[^/]*$/, '/postgres'));
  expect(unchained.err).toContain('has no audit log with a hash chain');
  expect(unchained.code).toBe(2);
});
