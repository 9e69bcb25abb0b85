/** `signoff inspect` as a person calls it: the service's own database, one with mistakes, wrong arguments, nobody there. */
import { describe, expect, inject, it } from 'vitest';
import { createHelpdesk } from '../inspect/testing/helpdesk-database.ts';
import { askSignoff } from './testing/ask-signoff.ts';

const { postgres } = inject('system');
const own = `postgres://${postgres.adminUser}:${postgres.adminPassword}@${postgres.host}:${postgres.port}/${postgres.database}`;

interface Document {
  outcome: string;
  exitCode: number;
  roles: string[];
  tables: string[];
  counts: { error: number; warn: number; info: number; ignored: number };
  findings: { rule: string; object: string; level: string; fix: string[] }[];
}

async function inspect(...flags: string[]): Promise<{ code: number; document: Document }> {
  const { code, out } = await askSignoff('inspect', '--json', ...flags);
  return { code, document: JSON.parse(out) as Document };
}

describe('the service’s own database', () => {
  it('is clean for the role that the service has in production', async () => {
    const { code, document } = await inspect('--database', own, '--role', postgres.appUser);
    expect(document.findings).toEqual([]);
    expect(code).toBe(0);
    expect(document.tables).toHaveLength(11);
  });

  it('has one error for the roles that are found: the experiment’s, which is exempt on purpose', async () => {
    const { code, document } = await inspect('--database', own);
    expect(code).toBe(1);
    expect(document.roles.toSorted()).toEqual([postgres.appUser, postgres.exemptUser]);
    expect(document.findings.map(({ rule, object }) => `${rule}:${object}`)).toEqual([
      `role-bypasses-policies:${postgres.exemptUser}`,
    ]);
    const ignore = `role-bypasses-policies:${postgres.exemptUser}=arm of the experiment`;
    const ignored = await inspect('--database', own, '--ignore', ignore);
    expect(ignored.code).toBe(0);
    expect(ignored.document.counts).toEqual({ error: 0, warn: 0, info: 0, ignored: 1 });
  });
});

describe('a database with mistakes', () => {
  it('is told in text, gravest first, with SQL, page and what was looked at, and without the password', async () => {
    await using helpdesk = await createHelpdesk(inject('system'));
    const url = helpdesk.url.replace('@', `:${postgres.adminPassword}@`);
    const flags = ['--tenant-column', 'workspace_id', '--setting', 'helpdesk.workspace', '--role', 'helpdesk_web'];
    const { code, out } = await askSignoff('inspect', '--database', url, ...flags);
    expect(code).toBe(1);
    expect(out).toContain('ALTER TABLE desk.tickets FORCE ROW LEVEL SECURITY;');
    expect(out).toContain('https://www.postgresql.org/docs/current/ddl-rowsecurity.html');
    expect(out.indexOf('(error: ')).toBeLessThan(out.indexOf('(warn: '));
    expect(out.lastIndexOf('(error: ')).toBeLessThan(out.indexOf('(warn: '));
    expect(out).toMatch(/roles {4}helpdesk_web \(as given\)/);
    expect(out).toMatch(/fail: \d+ errors, \d+ warnings, 0 notes/);
    expect(out.split('\n').filter((line) => !/^(?: {2}|[✘!·] |Looked at |fail: |$)/.test(line))).toEqual([]);
    expect(out).not.toContain(postgres.adminPassword);
    const elsewhere = await askSignoff('inspect', '--database', url);
    expect(elsewhere.code).toBe(2);
    expect(elsewhere.out).toMatch(/no table has a column tenant_id.*\n.*workspace_id \(\d+ tables\)/);
  });
});

describe('what cannot be inspected', () => {
  it.each([
    [[], 64, '--database is missing'],
    [['--database', 'mysql://secret@host/x'], 64, 'not the URL of a Postgres database'],
    [['--database', own, '--role', 'nobody_here'], 64, 'there is no role nobody_here; those that may log in are '],
    [['--database', own, '--schema', 'nowhere'], 64, 'there is no schema nowhere; there are public'],
    [['--database', own, '--ignore', 'no-such-rule:x'], 64, 'no rule no-such-rule'],
    [['--database', own, '--ignore', 'policy-open'], 64, 'not RULE:OBJECT'],
    [['--database', own, '--ignore', 'policy-unclear:*=fine'], 64, 'accepted one by one, with a reason'],
    [['--database', own, '--ignore', 'policy-unclear:public.a.b'], 64, 'accepted one by one, with a reason'],
    [['--database', own, '--tenant-column', ''], 64, '--tenant-column is empty'],
    [['--database', own, '--setting', 'org'], 64, 'no setting of one’s own may have that name'],
    [['--database', 'postgres://x:secret@127.0.0.1:1/x'], 69, 'cannot connect to postgres://x@127.0.0.1:1/x'],
  ])('case %# ends with the code of its kind, and says why', async (flags, exit, message) => {
    const { code, err, out } = await askSignoff('inspect', ...flags);
    expect(err).toContain(message);
    expect(code).toBe(exit);
    expect(out).toBe('');
    expect(err).not.toContain('secret');
  });
});
