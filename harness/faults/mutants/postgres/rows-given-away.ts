/** Rows that their owner may hand to another tenant. */
import type { Mutant } from '../../../model/mutant.ts';

const tables = [
  ...['users', 'portfolios', 'strategies', 'signals', 'orders', 'trades', 'positions', 'risk_limits'],
  ...['risk_snapshots', 'audit_events'],
];

export default {
  id: 'rows-given-away',
  layer: 'postgres',
  title: 'a tenant may hand its rows over to another tenant, which then finds them among its own',
  claim: 'SEC-ISO',
  guarantee: 'A row stays with the tenant that it was made for.',
  seenIn:
    'PostgreSQL documentation, CREATE POLICY: an UPDATE is bound by WITH CHECK for the row as it is afterwards, and policies of one kind are joined with OR, so that one of its own for "transfer" opens it for all. CWE-345, insufficient verification of data authenticity: planted rows have another tenant act on them.',
  coveredBy: 'service',
  mustBeSeenBy: ['sql'],
  apply: tables.flatMap((table) => [
    `grant update (tenant_id) on ${table} to alphapulse_app`,
    `create policy handed_over on ${table} for update to alphapulse_app
       using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (true)`,
  ]),
  revert: tables.flatMap((table) => [
    `drop policy handed_over on ${table}`,
    `revoke update (tenant_id) on ${table} from alphapulse_app`,
  ]),
} satisfies Mutant;
