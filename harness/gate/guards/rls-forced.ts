/** Guard: row-level security is on, forced and has a policy, on users and the nine domain tables. */
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

const tenantTables = [
  'users',
  'portfolios',
  'strategies',
  'signals',
  'orders',
  'trades',
  'positions',
  'risk_limits',
  'risk_snapshots',
  'audit_events',
];

export const rlsForced: Guard = {
  id: 'rls-forced',
  title: 'Tenant tables without forced row-level security',
  why: 'Latency without the policies is not the latency of production, and isolation without them was not tested.',
  bound: 'at-most',
  read: ({ blocks }) => {
    const facts = readArtefact(blocks, 'postgres');
    if ('unreadable' in facts) return facts;
    const open = facts.values.flatMap(({ tables }) =>
      tenantTables.filter((name) => {
        const table = tables.find((candidate) => candidate.name === name);
        return table === undefined || !table.rowSecurity || !table.forced || table.policies < 1;
      }),
    );
    const distinct = [...new Set(open)];
    return { observed: distinct.length, ...(open.length === 0 ? {} : { detail: distinct.join(', ') }) };
  },
};
