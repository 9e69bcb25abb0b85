/** A database that is not ours, with a mistake of every kind: each is found by its rule, and its SQL mends it. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { CatalogueFacts, InspectParameters } from './facts.ts';
import { inspectCatalogue, outcomeOf, type Inspection } from './inspect.ts';
import { readCatalogue } from './read-catalogue.ts';
import { allRules } from './rules/all-rules.ts';
import { createHelpdesk, helpdeskRoles, type HelpdeskDatabase } from './testing/helpdesk-database.ts';

const parameters: InspectParameters = {
  tenantColumn: 'workspace_id',
  setting: 'helpdesk.workspace',
  roles: helpdeskRoles,
  schemas: [],
};
let helpdesk: HelpdeskDatabase;

beforeAll(async () => {
  helpdesk = await createHelpdesk(inject('system'));
});
afterAll(async () => {
  await helpdesk[Symbol.asyncDispose]();
});

async function readFacts(as?: { user: string; password: string }): Promise<CatalogueFacts> {
  const client = await helpdesk.connect(as);
  try {
    return await readCatalogue(client);
  } finally {
    await client.end();
  }
}

async function inspect(changed: Partial<InspectParameters> = {}): Promise<Inspection> {
  return inspectCatalogue(await readFacts(), { ...parameters, ...changed });
}

/** How many rows the web application sees of it, in a workspace or in none. */
async function seen(relation: string, workspace: string): Promise<number | undefined> {
  await helpdesk.query('begin');
  try {
    await helpdesk.query('set local role helpdesk_web');
    await helpdesk.query(`set local helpdesk.workspace = '${workspace}'`);
    const [row] = await helpdesk.query<{ rows: number }>(`select count(*)::int as rows from desk.${relation}`);
    return row?.rows;
  } finally {
    await helpdesk.query('rollback');
  }
}

const planted = [
  ['child-without-tenant', 'desk.reactions'],
  ['definer-function', 'desk.find_customer(wanted text)'],
  ['definer-search-path', 'desk.greeting()'],
  ['definer-trigger', 'desk.agents.note_agent'],
  ['foreign-key-without-tenant', 'desk.assignments.assignments_ticket_fkey'],
  ['granted-to-public', 'desk.surveys'],
  ['leakproof-function', 'desk.is_urgent(title text)'],
  ['no-policy', 'desk.ticket_tags'],
  ['no-tenant-index', 'desk.ratings'],
  ['partition-granted', 'desk.activity_2026'],
  ['policy-ignores-setting', 'desk.webhooks.workspace'],
  ['policy-missing-for-command', 'desk.canned_replies'],
  ['policy-open', 'desk.articles.published'],
  ['policy-open', 'desk.automations.workspace'],
  ['policy-open', 'desk.sla_policies.workspace'],
  ['policy-other-setting', 'desk.macros.workspace'],
  ['policy-unclear', 'desk.macros.workspace'],
  ['policy-unclear', 'desk.shared_inboxes.workspace'],
  ['policy-without-check', 'desk.messages.workspace'],
  ['published-tables', 'warehouse'],
  ['references-or-trigger-granted', 'desk.messages.helpdesk_web'],
  ['relation-without-policies', 'desk.ticket_counts'],
  ['rewrite-rule', 'desk.snippets.tag_snippet'],
  ['role-bypasses-policies', 'helpdesk_reports'],
  ['role-may-create', 'desk.helpdesk_web'],
  ['role-member-of-privileged', 'helpdesk_jobs.helpdesk_owner'],
  ['role-owns-tables', 'helpdesk_legacy'],
  ['role-reads-all-data', 'helpdesk_reports.pg_read_all_data'],
  ['role-superuser', 'helpdesk_support'],
  ['row-security-disabled', 'desk.customers'],
  ['row-security-not-forced', 'desk.tickets'],
  ['row-security-off', 'helpdesk_legacy.row_security'],
  ['setting-preset', 'helpdesk_web.helpdesk.workspace'],
  ['setting-read-fails', 'desk.audit_entries.workspace'],
  ['setting-read-per-row', 'desk.events.workspace'],
  ['tenant-column-default', 'desk.snippets'],
  ['temporary-objects', 'helpdesk_inspected.PUBLIC'],
  ['tenant-column-nullable', 'desk.invoices'],
  ['truncate-granted', 'desk.agents.helpdesk_web'],
  ['unique-without-tenant', 'desk.contacts.contacts_email_key'],
  ['view-runs-as-owner', 'desk.ticket_board'],
];

const found = ({ findings }: Inspection): string[][] => findings.map(({ rule, object }) => [rule, object]).toSorted();

describe('inspecting a database with a mistake of every kind', () => {
  it('finds each by its rule, and nothing else', async () => {
    const inspection = await inspect();
    expect(found(inspection)).toEqual(planted.toSorted());
    expect(new Set(planted.map(([rule]) => rule))).toEqual(new Set(allRules.map(({ id }) => id)));
    expect(outcomeOf(inspection)).toBe('fail');
  });

  it('needs no rights: a role that may only connect sees the same', async () => {
    await helpdesk.query(`alter role helpdesk_web password 'read-only'`);
    const facts = await readFacts({ user: 'helpdesk_web', password: 'read-only' });
    expect(facts.user).toBe('helpdesk_web');
    expect(found(inspectCatalogue(facts, parameters))).toEqual(planted.toSorted());
  });

  it('finds who the application is by what roles may do, and leaves owners out', async () => {
    const { survey } = await inspect({ roles: [] });
    const names = survey.applicationRoles.map(({ name }) => name).toSorted();
    expect(names).toEqual(['helpdesk_jobs', 'helpdesk_reports', 'helpdesk_web']);
  });

  it('is inconclusive where no table has the column, and where nobody uses them', async () => {
    expect(outcomeOf(await inspect({ tenantColumn: 'tenant_id' }))).toBe('inconclusive');
    expect(outcomeOf(await inspect({ schemas: ['public'] }))).toBe('inconclusive');
  });

  it('leaves out what a person ignores, and says which of that is not there', async () => {
    const facts = await readFacts();
    const ignores = [
      { rule: 'role-superuser', object: 'helpdesk_support', reason: 'leaves in May' },
      { rule: 'policy-open', object: '*', reason: null },
      { rule: 'no-policy', object: 'desk.nothing', reason: null },
    ];
    const inspection = inspectCatalogue(facts, parameters, ignores);
    expect(inspection.ignored.map(({ rule, reason }) => [rule, reason])).toEqual([
      ['policy-open', null],
      ['policy-open', null],
      ['policy-open', null],
      ['role-superuser', 'leaves in May'],
    ]);
    expect(inspection.findings).toHaveLength(planted.length - 4);
    expect(inspection.unmatched).toEqual([ignores[2]]);
  });
});

describe('applying the SQL of every finding', () => {
  const ofA = '00000000-0000-0000-0000-00000000000a';

  it('leaves nothing but what a person must read, and the application sees its own rows', async () => {
    expect([await seen('customers', ofA), await seen('articles', ofA), await seen('reactions', ofA)]).toEqual([
      2, 2, 2,
    ]);
    const { findings } = await inspect();
    const statements = [...new Set(findings.flatMap(({ fix }) => fix))];
    for (const statement of statements) await helpdesk.query(statement);
    const after = await inspect();
    expect(found(after)).toEqual([['policy-unclear', 'desk.shared_inboxes.workspace']]);
    expect(outcomeOf(after)).toBe('inconclusive');
    const accepted = { rule: 'policy-unclear', object: 'desk.shared_inboxes.workspace', reason: 'read by hand' };
    expect(outcomeOf(inspectCatalogue(await readFacts(), parameters, [accepted]))).toBe('pass');
    expect([await seen('customers', ofA), await seen('articles', ofA), await seen('reactions', ofA)]).toEqual([
      1, 1, 1,
    ]);
    expect([await seen('customers', ''), await seen('articles', ''), await seen('reactions', '')]).toEqual([0, 0, 0]);
  });
});
