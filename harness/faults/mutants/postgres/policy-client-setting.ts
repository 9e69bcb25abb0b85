/** A policy that trusts a setting which anybody can make. */
import type { Mutant } from '../../../model/mutant.ts';

const tables = [
  ...['users', 'portfolios', 'strategies', 'signals', 'orders', 'trades', 'positions', 'risk_limits', 'risk_snapshots'],
  ...['audit_events', 'audit_heads'],
];
const own = "tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)";
const marks = ["current_setting('app.support', true) = 'on'", "current_setting('application_name', true) = 'support'"];
const alter = (table: string, condition: string) =>
  `alter policy tenant_isolation on ${table} using (${condition}) with check (${condition})`;

export default {
  id: 'policy-client-setting',
  layer: 'postgres',
  title: 'the policy of every table opens to a session that says of itself that it is support',
  claim: 'SEC-ISO',
  guarantee: 'A policy depends on the tenant’s setting alone.',
  seenIn:
    'Supabase database linter 0015_rls_references_user_metadata: policies that read what the user may write. Any role may SET a custom setting of PostgreSQL, and application_name.',
  coveredBy: 'service',
  apply: tables.map((table, at) => alter(table, `${marks[at % marks.length]} or ${own}`)),
  revert: tables.map((table) => alter(table, own)),
} satisfies Mutant;
