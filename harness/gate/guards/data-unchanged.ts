/** Guard: the data were those of the manifest, and stayed so but for what the load writes. */
import type { DatabaseState } from '../../model/guarded-facts.ts';
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readArtefact } from './read-artefact.ts';

/** What no request of the load or of a probe writes. Seen written: audit_events, orders, portfolios, risk_limits, users. */
const seededOnly = [
  'instruments',
  'prices',
  'tenants',
  'strategies',
  'signals',
  'positions',
  'trades',
  'risk_snapshots',
];

/** Number of tenants against the fingerprint of the run; writes to the tables above, within a block and from block to block. Isolation is probed on whatever data there are. */
export const dataUnchanged: Guard = {
  id: 'data-unchanged',
  title: 'Seeded tables that were written, or a number of tenants that is not the declared one',
  why: 'A latency belongs to an amount of data: with others loaded or removed it is the latency of another system.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks, environment }) => {
    const databases = readArtefact(blocks, 'database');
    if ('unreadable' in databases) return databases;
    const states = databases.values.flatMap(({ before, after }) => [before, after]);
    const written = seededOnly.filter((name) => new Set(states.map((tables) => stateOf(tables, name))).size > 1);
    const counts = new Set(databases.values.map(({ tenants }) => tenants));
    const others = [...counts].filter((count) => count !== environment.tenants);
    const what = [...written, ...others.map((count) => `${count} tenants instead of ${environment.tenants}`)];
    return { observed: what.length, ...(what.length === 0 ? {} : { detail: what.join(', ') }) };
  },
};

function stateOf(tables: DatabaseState['before'], name: string): string {
  const table = tables.find((one) => one.name === name);
  return table === undefined ? 'missing' : `${table.filenode} ${table.writes}`;
}
