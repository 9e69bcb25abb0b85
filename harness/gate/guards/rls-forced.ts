/** Guard: row-level security is on, forced and has a policy, on users and the nine domain tables. */
import type { Measurement } from '../../model/measurement.ts';
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

type Tables = Extract<Measurement['artefacts']['postgres'], { ok: true }>['value']['tables'];

/** In every database that an arm has of its own, or in the one that all share. */
function openTables({ tables }: { tables: Tables }): string[] {
  const databases = new Set(tables.length === 0 ? [undefined] : tables.map(({ database }) => database));
  return [...databases].flatMap((database) =>
    tenantTables
      .filter((name) => {
        const table = tables.find((one) => one.name === name && one.database === database);
        return table === undefined || !table.rowSecurity || !table.forced || table.policies < 1;
      })
      .map((name) => (database === undefined ? name : `${name} in ${database}`)),
  );
}

export const rlsForced: Guard = {
  id: 'rls-forced',
  title: 'Tenant tables without forced row-level security',
  why: 'Latency without the policies is not the latency of production, and isolation without them was not tested.',
  bound: 'at-most',
  read: ({ blocks }) => {
    const facts = readArtefact(blocks, 'postgres');
    if ('unreadable' in facts) return facts;
    const open = facts.values.flatMap(openTables);
    const distinct = [...new Set(open)];
    return { observed: distinct.length, ...(open.length === 0 ? {} : { detail: distinct.join(', ') }) };
  },
};
