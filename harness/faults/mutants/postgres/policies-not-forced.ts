/** Row security without FORCE, everywhere. */
import type { Mutant } from '../../../model/mutant.ts';

const tables = [
  ...['users', 'portfolios', 'strategies', 'signals', 'orders', 'trades', 'positions', 'risk_limits', 'risk_snapshots'],
  ...['audit_events', 'audit_heads'],
];

export default {
  id: 'policies-not-forced',
  layer: 'postgres',
  title: 'row security is enabled on every table and forced on none: their owner is not bound',
  claim: 'SEC-ISO',
  guarantee: 'Row security is forced, on the owner too.',
  seenIn:
    'PostgreSQL documentation, "Row Security Policies": table owners normally bypass row security, unless ALTER TABLE has FORCE. Functions and views with the rights of the owner then see every tenant.',
  coveredBy: 'service',
  configurationOnly:
    'The application’s role owns no table, and nothing that it may call or read runs with the rights of their owner: until something does, nobody sees a row more.',
  apply: tables.map((table) => `alter table ${table} no force row level security`),
  revert: tables.map((table) => `alter table ${table} force row level security`),
} satisfies Mutant;
